-- What one session leaves open for the next, how goals stood when it ended, and what each person thinks of beforehand.

-- Something that an earlier session left open, in the session that it goes to. Once for each thing and session.
create table carried (
    id text primary key,
    session text not null references session (id),
    kind text not null check (kind in ('item', 'parked', 'action')),
    -- The agenda item, the parked thought or the action that it began as.
    root text not null,
    title text not null,
    -- The session in which it was first raised, and by whom.
    origin text not null references session (id),
    raised_by text not null references person (id),
    -- How often it has been carried, this time included.
    times integer not null check (times >= 1),
    minutes integer not null check (minutes between 1 and 480),
    presenter text not null references person (id),
    ending text not null check (ending in ('decide', 'feedback', 'align', 'plan', 'inform')),
    -- What was decided about it, rather than to carry it again. Null while nothing is.
    answer text check (answer in ('first', 'action', 'delegated', 'dropped')),
    words text not null default '',
    -- To whom it was delegated, by name: not everybody who takes something on has a place here.
    delegate text not null default '',
    due_on text,
    -- The action that the answer made.
    action text references action (id),
    answered_by text references person (id),
    answered_at bigint,
    carried_at bigint not null,
    unique (session, root),
    check ((answer is null) = (answered_at is null))
);

-- What an agenda item was made from: 'carried-ID', 'goal-ID' …; empty for one that somebody wrote.
alter table agenda_item add column source text not null default '';

-- The word that came with a proposal of times; the same for all of one round.
alter table session_time add column words text not null default '';

-- How the goals stood when a session ended, so that the next can say what moved.
create table session_goal (
    session text not null references session (id),
    objective text not null references objective (id),
    standing text not null,
    priority integer,
    state text not null check (state in ('open', 'reached', 'dropped')),
    primary key (session, objective)
);

-- The order in which one of the two would put the shared goals. The other sees it when both have shared theirs.
create table goal_rank (
    session text not null references session (id),
    person text not null references person (id),
    objective text not null references objective (id),
    place integer not null check (place between 1 and 50),
    shared_at bigint,
    primary key (session, person, objective)
);

-- Suggestions that somebody waved away, for one session.
create table suggestion_dismissal (
    session text not null references session (id),
    person text not null references person (id),
    suggestion text not null,
    dismissed_at bigint not null,
    primary key (session, person, suggestion)
);
