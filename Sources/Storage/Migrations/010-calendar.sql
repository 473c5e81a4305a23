-- Sessions in people's own calendars: by mail, and by a feed to subscribe to.

-- What a mail tells the reader's calendar (RFC 5545), and by which method (RFC 5546); empty for most mail.
alter table mail add column calendar_text text not null default '';
alter table mail add column calendar_method text not null default ''
    check (calendar_method in ('', 'REQUEST', 'CANCEL'));

-- Whether mail may put sessions into somebody's calendar.
alter table person add column calendar_mail integer not null default 1;

-- What calendars were last told of a session. The uid never changes, the sequence only grows.
create table calendar_entry (
    session text primary key references session (id),
    uid text not null unique,
    sequence integer not null,
    starts_at bigint not null,
    minutes integer not null,
    is_cancelled integer not null default 0,
    told_at bigint not null
);

-- A secret address at which somebody's calendar reads their sessions. Of the secret, only a hash.
create table calendar_feed (
    id text primary key,
    person text not null references person (id),
    token_hash text not null unique,
    has_titles integer not null,
    created_at bigint not null,
    read_at bigint,
    ended_at bigint
);
create index calendar_feed_by_person on calendar_feed (person, ended_at);

-- What calendars were last told of a series: how it stood then, as JSON, and when it had last been changed.
create table calendar_series (
    series text primary key,
    sequence integer not null,
    told text not null,
    changed_at bigint not null,
    told_at bigint not null
);
