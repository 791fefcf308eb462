-- What is kept but not journaled: a closed list.

create table session (
    token {blob} not null primary key,
    account {text} not null,
    made {int} not null,
    seen {int} not null,
    ends {int} not null,
    device {text} not null,
    marks {text} not null
) {keyed};
create index session_account on session (account);
create index session_ends on session (ends);

create table credential (
    account {text} not null,
    kind {text} not null,
    secret {text} not null,
    changed {int} not null,
    primary key (account, kind)
) {keyed};

create table rate (
    name {text} not null primary key,
    since {int} not null,
    hits {int} not null,
    ends {int} not null
) {keyed};
create index rate_ends on rate (ends);

create table lease (
    name {text} not null primary key,
    holder {text} not null,
    fence {int} not null,
    ends {int} not null
) {keyed};

create table draft (
    account {text} not null,
    form {text} not null,
    subject {text} not null,
    body {text} not null,
    at {int} not null,
    primary key (account, form, subject)
) {keyed};
create index draft_at on draft (at);

-- One row per message of the outbox that was tried or is waiting; `ends` is when it need not be tried any more.
create table delivery (
    site {int} not null,
    command {text} not null,
    part {int} not null,
    next {int} not null,
    tries {int} not null,
    done {int},
    problem {text} not null,
    primary key (site, command, part)
) {keyed};
create index delivery_next on delivery (next) where done is null;
