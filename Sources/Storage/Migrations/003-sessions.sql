-- The strategy session of an employee and a manager, from the ask to the record.

create table session (
    id text primary key,
    employee text not null references person (id),
    manager text not null references person (id),
    asked_by text not null references person (id),
    purpose text not null check (purpose in ('role', 'feedback', 'planning', 'growth', 'own')),
    -- The purpose in one's own words, where it is none of the others.
    purpose_words text not null default '',
    title text not null,
    message text not null default '',
    place text not null default '',
    minutes integer not null check (minutes between 5 and 480),
    state text not null
        check (state in ('asked', 'agreed', 'running', 'closing', 'confirmed', 'declined', 'cancelled')),
    -- While asked: whose answer is awaited.
    turn text references person (id),
    -- Why it was declined or cancelled.
    ending_words text not null default '',
    starts_at bigint,
    started_at bigint,
    ended_at bigint,
    confirmed_at bigint,
    -- While running: which of the five steps, and since when; null again once it ends.
    step integer check (step between 1 and 5),
    step_entered_at bigint,
    -- The session that this one follows.
    previous text references session (id),
    created_at bigint not null,
    changed_at bigint not null,
    check (employee <> manager),
    check ((state = 'asked') = (turn is not null)),
    check (state not in ('agreed', 'running', 'closing', 'confirmed') or starts_at is not null)
);
create index session_by_employee on session (employee, state, starts_at);
create index session_by_manager on session (manager, state, starts_at);
create index session_by_previous on session (previous);

-- Proposed times. A counter-proposal is a new round; only the newest round can be accepted.
create table session_time (
    id text primary key,
    session text not null references session (id),
    round integer not null,
    starts_at bigint not null,
    proposed_by text not null references person (id),
    unique (session, round, starts_at)
);

-- What is written in a session, by field: 'desired', 'measure', 'notes-1' ... 'notes-5', 'private', 'private-1' ...
-- An empty author means that both can read and write it; otherwise it is that person's alone.
create table session_text (
    session text not null references session (id),
    field text not null,
    author text not null,
    version integer not null,
    body text not null,
    changed_by text not null references person (id),
    changed_at bigint not null,
    primary key (session, field, author)
);

-- Every version, so that two edits of one text can be merged and nothing typed is lost.
create table session_text_version (
    session text not null,
    field text not null,
    author text not null,
    version integer not null,
    body text not null,
    changed_by text not null references person (id),
    changed_at bigint not null,
    primary key (session, field, author, version),
    foreign key (session, field, author) references session_text (session, field, author)
);

create table agenda_item (
    id text primary key,
    session text not null references session (id),
    author text not null references person (id),
    title text not null,
    minutes integer not null check (minutes between 1 and 480),
    presenter text not null references person (id),
    ending text not null check (ending in ('decide', 'feedback', 'align', 'plan', 'inform')),
    position double precision not null,
    outcome text not null default 'open' check (outcome in ('open', 'covered', 'deferred')),
    -- Null while it is its author's draft.
    shared_at bigint,
    -- The session that it was carried over from, and how often.
    origin text references session (id),
    times_carried integer not null default 0,
    version integer not null default 1,
    created_at bigint not null,
    changed_at bigint not null,
    removed_at bigint
);
create index agenda_item_by_session on agenda_item (session, position);

create table evidence (
    id text primary key,
    session text not null references session (id),
    author text not null references person (id),
    kind text not null check (kind in ('achievement', 'challenge', 'support')),
    body text not null,
    metric_from double precision,
    metric_to double precision,
    metric_unit text not null default '',
    metric_period text not null default '',
    anecdote text not null default '',
    link text not null default '',
    objective text references objective (id),
    shared_at bigint,
    version integer not null default 1,
    created_at bigint not null,
    changed_at bigint not null,
    removed_at bigint
);
create index evidence_by_session on evidence (session, kind);

-- The planned share of each step, what was added to it, and the time spent in it so far.
create table session_step (
    session text not null references session (id),
    step integer not null check (step between 1 and 5),
    minutes integer not null check (minutes between 1 and 480),
    extended_minutes integer not null default 0,
    spent_milliseconds bigint not null default 0,
    primary key (session, step)
);

-- 'Is this what the team needs most now?', for each goal and piece of work.
create table verdict (
    id text primary key,
    session text not null references session (id),
    objective text references objective (id),
    work text references work (id),
    answer text not null check (answer in ('keep', 'adjust', 'pause', 'drop')),
    priority integer check (priority between 1 and 20),
    reason text not null default '',
    given_by text not null references person (id),
    version integer not null default 1,
    given_at bigint not null,
    unique (session, objective),
    unique (session, work),
    check ((objective is null) <> (work is null))
);
create index verdict_by_objective on verdict (objective, given_at);
create index verdict_by_work on verdict (work, given_at);

-- What was caught while it was fresh. Actions have a table of their own.
create table capture (
    id text primary key,
    session text not null references session (id),
    kind text not null check (kind in ('takeaway', 'decision', 'feedback', 'parked')),
    step integer not null check (step between 1 and 5),
    body text not null,
    -- Feedback: who gave it and who received it.
    giver text references person (id),
    receiver text references person (id),
    author text not null references person (id),
    version integer not null default 1,
    created_at bigint not null,
    removed_at bigint,
    check (kind <> 'feedback' or (giver is not null and receiver is not null))
);
create index capture_by_session on capture (session, created_at);
create index capture_by_receiver on capture (receiver, created_at);

create table action (
    id text primary key,
    session text not null references session (id),
    step integer not null check (step between 1 and 5),
    body text not null,
    owner text not null references person (id),
    -- A calendar day, '2026-12-03'.
    due_on text not null,
    state text not null default 'open' check (state in ('open', 'kept', 'dropped')),
    settled_words text not null default '',
    settled_by text references person (id),
    settled_at bigint,
    author text not null references person (id),
    version integer not null default 1,
    created_at bigint not null,
    removed_at bigint,
    check ((state = 'open') = (settled_at is null))
);
create index action_by_session on action (session, created_at);
create index action_by_owner on action (owner, state, due_on);

create table recap (
    session text primary key references session (id),
    version integer not null,
    takeaways text not null,
    decisions text not null,
    -- The sentence that both say yes to.
    oath text not null,
    mail_subject text not null,
    mail_words text not null,
    -- What was last put together from the captures, as JSON: a session that was gone back to can be put together
    -- again without losing what people changed in between.
    assembled text not null,
    changed_by text not null references person (id),
    changed_at bigint not null
);

-- Every version, so that two edits can be merged, and that it is known what each yes was said to.
create table recap_version (
    session text not null references recap (session),
    version integer not null,
    takeaways text not null,
    decisions text not null,
    oath text not null,
    mail_subject text not null,
    mail_words text not null,
    changed_by text not null references person (id),
    changed_at bigint not null,
    primary key (session, version)
);

-- A yes to one version of the recap; an edit makes a new version, which needs its own.
create table recap_confirmation (
    session text not null references session (id),
    person text not null references person (id),
    version integer not null,
    confirmed_at bigint not null,
    primary key (session, person, version)
);

-- 'Something is off': the wording that one asks for, and what became of it.
create table recap_correction (
    id text primary key,
    session text not null references session (id),
    author text not null references person (id),
    version integer not null,
    part text not null check (part in ('oath', 'takeaways', 'decisions', 'action')),
    -- The line that it would replace, as it was; empty when a line is missing.
    original text not null,
    -- The next step that it would reword.
    action text references action (id),
    body text not null,
    created_at bigint not null,
    outcome text not null default 'open' check (outcome in ('open', 'taken', 'kept', 'withdrawn')),
    answered_at bigint,
    answer text not null default '',
    check ((outcome = 'open') = (answered_at is null))
);
create index recap_correction_by_session on recap_correction (session, created_at);

-- After both have confirmed, later changes are added, never written over.
create table amendment (
    id text primary key,
    session text not null references session (id),
    author text not null references person (id),
    reason text not null,
    body text not null,
    created_at bigint not null
);
create index amendment_by_session on amendment (session, created_at);
