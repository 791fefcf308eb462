-- The journal and what stands beside each of its entries. Times are microseconds.

create table head (
    site {int} not null primary key,
    seq {int} not null,
    at {int} not null,
    hash {blob} not null,
    views {text} not null,
    projected {int} not null
) {strict};

create table journal (
    site {int} not null,
    seq {int} not null,
    stream {text} not null,
    version {int} not null,
    at {int} not null,
    happened {int} not null,
    actor {text} not null,
    post {text} not null,
    command {text} not null,
    name {text} not null,
    shape {int} not null,
    charter {text} not null,
    body {text} not null,
    sealed {blob},
    prev {blob} not null,
    hash {blob} not null,
    primary key (site, seq)
) {keyed};
create unique index journal_stream on journal (site, stream, version);

-- One row per applied command; a repeat is answered from here.
create table command (
    site {int} not null,
    command {text} not null,
    at {int} not null,
    from_seq {int} not null,
    to_seq {int} not null,
    answer {text},
    primary key (site, command)
) {keyed};

-- Number series without gaps, and every number with the entry that took it. Derived from the entries' bodies.
create table series (
    site {int} not null,
    series {text} not null,
    period {text} not null,
    last {int} not null,
    primary key (site, series, period)
) {keyed};
create table number_taken (
    site {int} not null,
    series {text} not null,
    period {text} not null,
    number {int} not null,
    stream {text} not null,
    seq {int} not null,
    void {text},
    primary key (site, series, period, number)
) {keyed};

-- Persons whose key is destroyed. Read at every opening, so that keys restored from an old backup are destroyed again.
create table erased (
    site {int} not null,
    person {text} not null,
    at {int} not null,
    primary key (site, person)
) {keyed};

-- Messages that leave with the act that caused them.
create table outbox (
    site {int} not null,
    command {text} not null,
    part {int} not null,
    kind {text} not null,
    target {text} not null,
    body {text} not null,
    person {text} not null,
    due {int} not null,
    primary key (site, command, part)
) {keyed};
create index outbox_person on outbox (site, person);

-- Which views the store holds.
create table meta (
    name {text} not null primary key,
    value {text} not null
) {keyed};
