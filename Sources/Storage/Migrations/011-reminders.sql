-- Reminders: when people work, what they want to be reminded of, and what they were reminded of.

-- Of those who never chose there is no row until the first mail.
create table reminder_setting (
    person text primary key references person (id),
    -- Working days, 1 for Monday to 7 for Sunday: '12345'.
    days text not null,
    -- Minutes after midnight on the person's clock.
    starts_at integer not null check (starts_at between 0 and 1439),
    ends_at integer not null check (ends_at between 0 and 1439),
    -- How many working hours ahead a session that isn't prepared is brought up.
    lead_hours integer not null check (lead_hours between 1 and 80),
    -- The kinds that are not wanted, with spaces between them.
    muted text not null default '',
    -- In the links of every reminder: whoever holds it can stop and resume them, and nothing else.
    token text not null unique,
    changed_at bigint not null,
    check (starts_at < ends_at)
);

-- When somebody is looked after next; no row means at once.
create table reminder_look (
    person text primary key references person (id),
    next_at bigint not null
);

-- Each thing that somebody was reminded of, once a day at most.
create table reminder (
    person text not null references person (id),
    kind text not null check (kind in ('prepare', 'confirm', 'action', 'check-in')),
    -- The session, action or objective.
    object text not null,
    -- On the person's calendar.
    day text not null,
    sent_at bigint not null,
    primary key (person, kind, object, day)
);

-- Where a reader can stop such mail with one click (RFC 8058).
alter table mail add column unsubscribe text not null default '';
