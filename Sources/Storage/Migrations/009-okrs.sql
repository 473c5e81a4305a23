-- Objectives in cycles, with key results, check-ins, core values and scores.

create table cycle (
    id text primary key,
    name text not null unique,
    kind text not null check (kind in ('quarter', 'year', 'own')),
    -- Calendar days; the last one belongs to the cycle.
    starts_on text not null,
    ends_on text not null,
    state text not null default 'draft' check (state in ('draft', 'active', 'closing', 'closed')),
    -- How many days may lie between two check-ins.
    rhythm integer not null default 7 check (rhythm between 1 and 92),
    version integer not null default 1,
    created_by text not null references person (id),
    created_at bigint not null,
    changed_at bigint not null,
    check (ends_on > starts_on)
);

-- An objective without a cycle has no stage: the first form, which goes on working.
alter table objective add column cycle text references cycle (id);
alter table objective add column stage text check (stage in ('draft', 'proposed', 'committed', 'closed'));
-- Null: everyone, or, at a person's level, the owner and their manager.
alter table objective add column visibility text check (visibility in ('everyone', 'team', 'pair'));
alter table objective add column committed_at bigint;
-- What was said when the cycle closed.
alter table objective add column score double precision check (score between 0 and 1);
alter table objective add column learnt text not null default '';
alter table objective add column choice text check (choice in ('keep', 'change', 'stop'));
alter table objective add column closed_at bigint;
-- The objective of an earlier cycle that this one goes on with.
alter table objective add column continues text references objective (id);
create index objective_by_cycle on objective (cycle, level, team, owner);
create index objective_by_continued on objective (continues);

create table core_value (
    id text primary key,
    name text not null unique,
    description text not null default '',
    position integer not null,
    version integer not null default 1,
    created_at bigint not null,
    retired_at bigint
);

create table objective_value (
    objective text not null references objective (id),
    value text not null references core_value (id),
    stance text not null check (stance in ('supports', 'neutral', 'conflicts')),
    why text not null default '',
    given_by text not null references person (id),
    given_at bigint not null,
    primary key (objective, value)
);

create table key_result (
    id text primary key,
    objective text not null references objective (id),
    title text not null,
    kind text not null check (kind in ('metric', 'milestone', 'yes-no')),
    owner text references person (id),
    weight integer not null default 1 check (weight between 0 and 100),
    ambition text not null default 'committed' check (ambition in ('committed', 'aspirational')),
    -- A metric's: which way, from where, to where; for 'keep' the lower and the upper bound.
    direction text check (direction in ('raise', 'lower', 'keep')),
    start_value double precision,
    target_value double precision,
    unit text not null default '',
    -- A milestone's steps in order, as JSON: always read and written whole.
    steps text not null default '[]',
    position integer not null,
    -- The newest check-ins, kept here by the transaction that writes one, so that a page need not look for them.
    value double precision,
    confidence integer check (confidence between 0 and 10),
    checked_on text,
    checked_by text references person (id),
    check_ins integer not null default 0,
    trail text not null default '',
    version integer not null default 1,
    created_by text not null references person (id),
    created_at bigint not null,
    changed_at bigint not null,
    removed_at bigint,
    check ((kind = 'metric') = (direction is not null)),
    check ((kind = 'metric') = (start_value is not null and target_value is not null))
);
create index key_result_by_objective on key_result (objective, position);
create index key_result_by_owner on key_result (owner);

-- What was aimed for, from when on. Easing has a reason, which stays.
create table key_result_target (
    id text primary key,
    key_result text not null references key_result (id),
    -- In words, as it stood: 'from 38% to 75%'.
    words text not null,
    is_eased integer not null default 0 check (is_eased in (0, 1)),
    -- Whether the objective had been committed to by then.
    is_midway integer not null default 0 check (is_midway in (0, 1)),
    reason text not null default '',
    set_by text not null references person (id),
    set_at bigint not null,
    check (is_eased = 0 or reason <> '')
);
create index key_result_target_by_key_result on key_result_target (key_result, set_at);

create table check_in (
    id text primary key,
    key_result text not null references key_result (id),
    -- A metric's value; the share of a milestone's steps; 0 or 1.
    value double precision not null,
    -- The ids of the steps that are done, with spaces between them.
    steps text not null default '',
    confidence integer not null check (confidence between 0 and 10),
    comment text not null default '',
    blockers text not null default '',
    -- The day that the value is of.
    as_of text not null,
    source text not null default 'page' check (source in ('page', 'session', 'link', 'import')),
    -- The session in which it was made; its people alone learn which.
    session text references session (id),
    version integer not null default 1,
    created_by text not null references person (id),
    created_at bigint not null,
    changed_at bigint not null
);
create index check_in_by_key_result on check_in (key_result, as_of, created_at);

-- What a check-in said before it was changed.
create table check_in_version (
    check_in text not null references check_in (id),
    version integer not null,
    value double precision not null,
    steps text not null,
    confidence integer not null,
    comment text not null,
    blockers text not null,
    as_of text not null,
    changed_at bigint not null,
    primary key (check_in, version)
);

-- A link with which somebody checks in once without signing in. Only the hash of its token is kept.
create table check_in_link (
    id text primary key,
    person text not null references person (id),
    token_hash text not null unique,
    created_at bigint not null,
    expires_at bigint not null,
    used_at bigint
);
create index check_in_link_by_person on check_in_link (person);
