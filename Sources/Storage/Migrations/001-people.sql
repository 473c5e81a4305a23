-- The company, its people, and how they sign in.

create table company (
    id integer primary key check (id = 1),
    name text not null,
    created_at bigint not null
);

create table person (
    id text primary key,
    email text not null unique,
    name text not null,
    pronouns text not null default '',
    job text not null default '',
    time_zone text not null,
    locale text not null,
    pre_read text not null default 'email' check (pre_read in ('email', 'page', 'none')),
    role text not null check (role in ('admin', 'member')),
    state text not null check (state in ('invited', 'active', 'deactivated')),
    -- The scrypt hash with its parameters; null until a password is chosen.
    password text,
    manager text references person (id),
    created_at bigint not null,
    deactivated_at bigint,
    check (manager is null or manager <> id)
);
create index person_by_manager on person (manager);

create table team (
    id text primary key,
    name text not null unique,
    purpose text not null default '',
    created_at bigint not null,
    archived_at bigint
);

create table team_member (
    team text not null references team (id),
    person text not null references person (id),
    joined_at bigint not null,
    primary key (team, person)
);
create index team_member_by_person on team_member (person);

-- A browser that is signed in. Its cookie holds the token; only the hash is kept here.
create table sign_in (
    id text primary key,
    person text not null references person (id),
    token_hash text not null unique,
    device text not null,
    created_at bigint not null,
    last_seen_at bigint not null,
    expires_at bigint not null
);
create index sign_in_by_person on sign_in (person);

-- A secret link: to set the product up, to join, to choose a new password, to sign in.
create table link (
    id text primary key,
    kind text not null check (kind in ('set-up', 'invitation', 'password-reset', 'sign-in')),
    person text references person (id),
    token_hash text not null unique,
    created_at bigint not null,
    expires_at bigint not null,
    -- A link of the demo may be opened more than once.
    is_reusable integer not null default 0 check (is_reusable in (0, 1)),
    used_at bigint,
    check ((kind = 'set-up') = (person is null))
);
create index link_by_person on link (person);

-- What happened, in the transaction in which it happened. Never holds what only one person may read.
create table journal (
    id text primary key,
    at bigint not null,
    person text references person (id),
    verb text not null,
    object_kind text not null,
    object text not null,
    -- JSON: what is worth knowing of before and after.
    detail text not null default '{}'
);
create index journal_by_object on journal (object, id);
