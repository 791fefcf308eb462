-- What can be found, and by which terms. Derived from the entries by the projector.
create table search_doc (
    doc {identity},
    site {int} not null,
    kind {text} not null,
    key {text} not null,
    text {text} not null,
    persons {text} not null
) {strict};
create unique index search_doc_key on search_doc (site, kind, key);
{search};
