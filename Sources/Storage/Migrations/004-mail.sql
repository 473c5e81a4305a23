-- Mail to send, written in the transaction that gives reason for it, sent by a worker.

create table mail (
    id text primary key,
    message_id text not null unique,
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
    next_attempt_at bigint not null,
    -- While sending: until when the server that claimed it may take.
    claimed_until bigint,
    sent_at bigint,
    last_problem text not null default ''
);
create index mail_by_state on mail (state, next_attempt_at);
create index mail_by_recipient on mail (recipient, created_at);
