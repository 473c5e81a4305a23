-- Sessions that come round: what two people agreed, by which rule from which day on, and what differs from it.

create table series (
    id text primary key,
    employee text not null references person (id),
    manager text not null references person (id),
    proposed_by text not null references person (id),
    -- What its sessions begin with; each of them may be changed.
    purpose text not null check (purpose in ('role', 'feedback', 'planning', 'growth', 'own')),
    purpose_words text not null default '',
    title text not null,
    place text not null default '',
    state text not null check (state in ('proposed', 'agreed', 'ended')),
    -- The series that it goes on from, with another manager.
    previous text references series (id),
    -- Counts whatever changes its times, for calendars.
    sequence integer not null default 0,
    created_at bigint not null,
    changed_at bigint not null,
    agreed_at bigint,
    ended_at bigint,
    ended_by text references person (id),
    ended_words text not null default '',
    check (employee <> manager),
    check (state <> 'agreed' or agreed_at is not null),
    check ((state = 'ended') = (ended_at is not null))
);
create index series_by_employee on series (employee, state);
create index series_by_manager on series (manager, state);
create index series_by_previous on series (previous);

-- The rules, one after the other: each holds from its day, which is the first day by it, until the next one's.
create table series_rule (
    series text not null references series (id),
    from_day text not null,
    -- RFC 5545, section 3.3.10.
    rule text not null,
    -- On the wall of the time zone: '10:00'.
    wall_time text not null,
    time_zone text not null,
    minutes integer not null check (minutes between 5 and 480),
    changed_by text not null references person (id),
    changed_at bigint not null,
    primary key (series, from_day)
);

-- No sessions from one day to another, both included.
create table series_pause (
    id text primary key,
    series text not null references series (id),
    from_day text not null,
    until_day text not null,
    words text not null default '',
    created_by text not null references person (id),
    created_at bigint not null,
    removed_at bigint,
    check (from_day <= until_day)
);
create index series_pause_by_series on series_pause (series);

-- One occurrence that differs from the rule. It is named by the day and wall time that it has by the rule, whatever
-- becomes of it: '2026-12-03T14:00'.
create table series_exception (
    series text not null references series (id),
    occurrence text not null,
    kind text not null check (kind in ('moved', 'skipped')),
    starts_at bigint,
    words text not null default '',
    changed_by text not null references person (id),
    changed_at bigint not null,
    primary key (series, occurrence),
    check ((kind = 'moved') = (starts_at is not null))
);

-- A session that is one of a series, and which.
alter table session add column series text references series (id);
alter table session add column occurrence text;
-- Counts the changes of its time, for calendars.
alter table session add column sequence integer not null default 0;
create unique index session_by_occurrence on session (series, occurrence);

-- Days on which somebody is away. Those they have sessions with see which days, and nobody sees why.
create table day_off (
    id text primary key,
    person text not null references person (id),
    from_day text not null,
    until_day text not null,
    created_at bigint not null,
    check (from_day <= until_day)
);
create index day_off_by_person on day_off (person, until_day);

-- What an employee lets somebody read of the sessions that they had with another: never anybody's private notes.
create table history_grant (
    id text primary key,
    employee text not null references person (id),
    -- Whom the sessions were with.
    manager text not null references person (id),
    reader text not null references person (id),
    scope text not null check (scope in ('recaps', 'whole')),
    granted_at bigint not null,
    revoked_at bigint,
    check (reader <> employee and reader <> manager)
);
create index history_grant_by_reader on history_grant (reader, employee);
create index history_grant_by_employee on history_grant (employee, reader);
