-- What the company, its teams and its people are after, and the work they do for it.

create table objective (
    id text primary key,
    level text not null check (level in ('company', 'team', 'person')),
    team text references team (id),
    -- Whose it is. Company and team objectives may have an owner too.
    owner text references person (id),
    title text not null,
    description text not null default '',
    -- First, second, third ... among the objectives of its level, where it is a priority.
    priority integer check (priority between 1 and 20),
    -- How it stands, in the owner's words and figures: '61% of 75%'.
    standing text not null default '',
    due_on text,
    state text not null default 'open' check (state in ('open', 'reached', 'dropped')),
    -- What was said when it was reached, dropped or opened again.
    state_words text not null default '',
    version integer not null default 1,
    created_by text not null references person (id),
    created_at bigint not null,
    changed_by text not null references person (id),
    changed_at bigint not null,
    check ((level = 'team') = (team is not null)),
    check (level <> 'person' or owner is not null)
);
create index objective_by_owner on objective (owner, state);
create index objective_by_team on objective (team, state);
create index objective_by_level on objective (level, state);

-- A graph without loops: an objective may support several others.
create table objective_support (
    objective text not null references objective (id),
    supports text not null references objective (id),
    primary key (objective, supports),
    check (objective <> supports)
);
create index objective_support_by_supported on objective_support (supports);

create table work (
    id text primary key,
    owner text not null references person (id),
    title text not null,
    standing text not null default '',
    hours_a_week double precision check (hours_a_week between 0 and 80),
    state text not null default 'under way' check (state in ('under way', 'paused', 'done', 'dropped')),
    -- What was said when its state last changed.
    state_words text not null default '',
    version integer not null default 1,
    created_at bigint not null,
    changed_at bigint not null
);
create index work_by_owner on work (owner, state);

create table work_support (
    work text not null references work (id),
    objective text not null references objective (id),
    primary key (work, objective)
);
create index work_support_by_objective on work_support (objective);
