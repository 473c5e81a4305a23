-- Remarks of the coach that people have waved away.

create table coach_dismissal (
    person text not null references person (id),
    -- The kind of field: 'agendaTitle'.
    field text not null,
    -- A hash of the rule and of the words it is about, never the words themselves.
    remark text not null,
    dismissed_at bigint not null,
    primary key (person, field, remark)
);
