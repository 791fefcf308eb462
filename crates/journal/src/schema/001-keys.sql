-- The key of each person. A destroyed key leaves its row, so that the person never gets another.
create table {keys}person_key (
    site {int} not null,
    person {text} not null,
    secret {blob},
    made {int} not null,
    destroyed {int},
    primary key (site, person)
) {keyed};
