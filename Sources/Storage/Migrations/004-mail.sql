-- Mail to send, written in the transaction that gives reason for it, sent by a worker.

create table mail (
    id text primary key,
    -- The name it travels under, given at the first try and kept for every further one.
    message_id text unique,
    -- What this mail is, said once: 'recap/SESSION/PERSON'. The same occasion can't be queued twice.
    occasion text not null unique,
    kind text not null,
    recipient text references person (id),
    to_name text not null,
    to_email text not null,
    reply_to_name text not null default '',
    reply_to_email text not null default '',
    subject text not null,
    text_body text not null,
    html_body text not null,
    created_at bigint not null,
    state text not null default 'waiting' check (state in ('waiting', 'sending', 'sent', 'failed')),
    attempts integer not null default 0,
    -- How many of the tries may have delivered it without an answer.
    unsure integer not null default 0,
    next_attempt_at bigint not null,
    -- While sending: until when it belongs to the server that claimed it. Then another may take it.
    claimed_until bigint,
    sent_at bigint,
    last_problem text not null default ''
);
create index mail_by_state on mail (state, next_attempt_at);
create index mail_by_recipient on mail (recipient, created_at);
