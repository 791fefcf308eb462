-- Views of the office. Each can be dropped and rebuilt from the journal. Times are microseconds, dates ISO, money fen.

create table case_row (
    site {int} not null, id {text} not null, number {text} not null, kind {text} not null, title {text} not null,
    place {text} not null, household {text} not null, channel {text} not null, class {text} not null,
    state {text} not null, ended {int} not null, opened {int} not null, closed {int}, assignee {text} not null,
    appointment {int}, next_due {int}, next_due_day {int} not null, chased {int} not null, gaps {int} not null,
    breaches {int} not null, round {int} not null, contact {text} not null, version {int} not null,
    record {int} not null, severity {text} not null, stage {text} not null, owner {text} not null, topic {text} not null,
    joined {text} not null, common {text} not null, followed {int},
    satisfaction {text} not null, waits {text} not null, planned {int} not null, tried {int} not null,
    urgent {int} not null,
    primary key (site, id)
) {keyed};
create index case_opened on case_row (site, record, opened, id, breaches);
create index case_open on case_row (site, next_due, id) where ended = 0;
create index case_kind on case_row (site, kind, opened, id);
create index case_titled_open on case_row (site, kind, title) where ended = 0 and record = 1;
create index case_of_household on case_row (site, household, kind, opened);
create index case_state on case_row (site, state, opened, id);
create index case_household on case_row (site, household, ended, opened);
create index case_assignee on case_row (site, assignee, next_due) where ended = 0;
create index case_place on case_row (site, place, opened);
create index case_joined on case_row (site, joined) where joined <> '';
create index case_common on case_row (site, common) where common <> '';
create index case_waits_open on case_row (site, next_due) where waits <> '';
create index case_followed on case_row (site, followed) where followed is not null;
create unique index case_number on case_row (site, number);

-- What statistics count complaints by. Whether an answer still open is late shows by its due moment when it is read.
create table complaint_row (
    site {int} not null, id {text} not null, opened {int} not null, class {text} not null, topic {text} not null,
    cause {text} not null, department {text} not null, building {text} not null, channel {text} not null,
    severity {text} not null, sorted {text} not null, household {text} not null, place {text} not null,
    joined {text} not null, replied {int}, resolved {int}, answer {text} not null, answer_due {int},
    reopened {int} not null, went_up {int} not null, satisfaction {text} not null, withdrawn {int} not null,
    common {text} not null,
    primary key (site, id)
) {keyed};
create index complaint_opened on complaint_row (site, opened, id);
create index complaint_resolved on complaint_row (site, resolved, id) where resolved is not null;

-- A repair as statistics count it: when it was done, by whom, for how much, and whether that was the end of it.
create table repair_row (
    site {int} not null, id {text} not null, number {text} not null, opened {int} not null, completed {int},
    worker {text} not null, building {text} not null, household {text} not null, place {text} not null,
    shared {int} not null, amount {int}, second_trip {int} not null, rework {int} not null, reopened {int} not null,
    satisfaction {text} not null, listed {int} not null, withdrawn {int} not null, third {text} not null,
    primary key (site, id)
) {keyed};
create index repair_third on repair_row (site, third, number) where third in ('back', 'sent');
create index repair_opened on repair_row (site, opened, id);
create index repair_completed on repair_row (site, completed, id) where completed is not null;

-- Monthly notices of units: sums in fen, `fell` while something is open past its day.
create table fee_row (
    site {int} not null, case_id {text} not null, number {text} not null, household {text} not null,
    place {text} not null, month {text} not null, payer {text} not null, billed {int} not null, received {int} not null,
    late {int} not null, open {int} not null, owed {int} not null, due {int}, printed {int}, delivered {text} not null,
    cleared {int}, fell {int} not null, objected {int}, sent {int}, withdrawn {int} not null, walk {text} not null,
    urged {text} not null, urged_at {int},
    primary key (site, case_id)
) {keyed};
create index fee_month on fee_row (site, month, walk);
create index fee_unit on fee_row (site, household, month);
create index fee_open on fee_row (site, month, walk) where owed > 0;
create index fee_due on fee_row (due, case_id) where fell = 0 and open > 0 and due is not null;

-- The books of fees: debit and credit of each entry are equal; sums in fen, days as the site counts them.
create table posting_row (
    site {int} not null, case_id {text} not null, seq {int} not null, n {int} not null, day {text} not null,
    account {text} not null, detail {text} not null, debit {int} not null, credit {int} not null, number {text} not null,
    place {text} not null,
    primary key (site, case_id, seq, n)
) {keyed};
create index posting_day on posting_row (site, day, account);

-- Follow-ups as statistics count them: each that was made, and the last plan before it that names who goes (made = 0; done = 1
-- once it was made). `timing` is kept, late or empty where no clause limits it.
create table follow_up_row (
    site {int} not null, case_id {text} not null, seq {int} not null, made {int} not null, at {int} not null,
    person {text} not null, method {text} not null, satisfaction {text} not null, timing {text} not null,
    unqualified {int} not null, done {int} not null,
    primary key (site, case_id, seq)
) {keyed};
create index follow_up_at on follow_up_row (site, made, at, case_id, seq);

create table obligation_row (
    site {int} not null, id {text} not null, case_id {text} not null, book {text} not null, clause {text} not null,
    must {text} not null, bearer {text} not null, round {int} not null, opened {int} not null, not_before {int},
    due {int}, due_day {int} not null, soft {int} not null, state {text} not null, done {int}, month {text} not null,
    yields {text} not null,
    primary key (site, id)
) {keyed};
create index obligation_case on obligation_row (site, case_id);
create index obligation_open on obligation_row (site, bearer, due, id) where state = 'open';
create index obligation_due on obligation_row (site, due, id) where state = 'open';
create index obligation_clause on obligation_row (site, book, month, clause, state, soft, due, due_day, bearer);

create table escalation_row (
    site {int} not null, id {text} not null, case_id {text} not null, book {text} not null, clause {text} not null,
    target {text} not null, who {text} not null, at {int} not null, soft {int} not null, told {int} not null,
    primary key (site, id)
) {keyed};
create index escalation_case on escalation_row (site, case_id);
create index escalation_due on escalation_row (site, at, id) where told = 0;

create table member_row (
    site {int} not null, book {text} not null, clause {text} not null, period {text} not null, member {text} not null,
    grp {text} not null, weight {int} not null, in_base {int} not null, exempt {int} not null, counted {int} not null,
    in_time {int} not null, final_at {int}, case_id {text} not null,
    primary key (site, book, clause, period, member)
) {keyed};
create index member_case on member_row (site, case_id);

-- Which open limits an entry in the calendar moved, from when to when.
create table calendar_move_row (
    site {int} not null, seq {int} not null, id {text} not null, case_id {text} not null, book {text} not null,
    clause {text} not null, must {text} not null, bearer {text} not null, opened {int} not null, was {int},
    was_day {int} not null, due {int}, due_day {int} not null, soft {int} not null,
    primary key (site, seq, id)
) {keyed};

create table form_row (
    site {int} not null, number {text} not null, form {text} not null, case_id {text} not null, issued {int} not null,
    void {int} not null, printed {int} not null,
    primary key (site, number)
) {keyed};
create index form_issued on form_row (site, form, issued, number);
create index form_case on form_row (site, case_id);

create table copy_row (
    site {int} not null, number {text} not null, n {int} not null, holder {text} not null, since {int} not null,
    primary key (site, number, n)
) {keyed};

create table shift_row (
    site {int} not null, case_id {text} not null, post {text} not null, person {text} not null, account {text} not null,
    begins {int} not null, ends {int} not null, number {text} not null, swap {text} not null, void {int} not null,
    primary key (site, case_id)
) {keyed};
create index shift_begins on shift_row (site, begins, case_id);

-- Who holds a post (A) and who takes over (B), once the plan is in force; accounts.
create table post_plan_row (
    site {int} not null, case_id {text} not null, post {text} not null, a {text} not null, b {text} not null,
    in_force {int} not null,
    primary key (site, case_id)
) {keyed};

-- Who is away from a post and who stands there: `cover` is who confirmed, `named` a stand-in whom the head named.
create table leave_row (
    site {int} not null, case_id {text} not null, account {text} not null, cover {text} not null, named {text} not null,
    begins {int} not null, ends {int} not null, granted {int} not null, void {int} not null,
    primary key (site, case_id)
) {keyed};
create index leave_begins on leave_row (site, begins, case_id);

-- A new order rings where work is dispatched; a chased one rings at its worker (`account`), not at who chased.
create table ring_row (
    site {int} not null, case_id {text} not null, what {text} not null, number {text} not null, since {int} not null,
    account {text} not null, chaser {text} not null, acknowledged {int}, by_account {text} not null,
    primary key (site, case_id, what)
) {keyed};
create index ring_open on ring_row (site, since) where acknowledged is null;

-- Which attachments stand in which stream, and whose caller's key it has: who may fetch one, and what goes with a person.
create table attachment_row (
    site {int} not null, hash {text} not null, stream {text} not null, person {text} not null,
    primary key (site, hash, stream)
) {keyed};
create index attachment_stream on attachment_row (site, stream);
create index attachment_person on attachment_row (site, person);
create index attachment_hash on attachment_row (hash);

-- Facts that periodic duties name: each that fulfils one, and the first of a day of those without which none is owed.
create table duty_fact_row (
    site {int} not null, fact {text} not null, slot {text} not null, day {text} not null, seq {int} not null,
    stream {text} not null, body {text} not null,
    primary key (site, fact, slot)
) {keyed};
create index duty_fact_day on duty_fact_row (site, day, seq);
create index duty_fact_stream on duty_fact_row (site, stream);

-- Who was erased, when, by whom and why.
create table erasure_row (
    site {int} not null, person {text} not null, at {int} not null, account {text} not null, reason {text} not null,
    primary key (site, person)
) {keyed};

create table household_row (
    site {int} not null, id {text} not null, phase {text} not null, building {text} not null, stairwell {text} not null,
    room {text} not null, number {text} not null, words {text} not null, unit_kind {text} not null, occupancy {text} not null,
    handover {text} not null, floor {text} not null, version {int} not null,
    primary key (site, id)
) {keyed};
create index household_tree on household_row (site, phase, building, stairwell, floor, words, occupancy);
create index household_room on household_row (site, room);
create index household_words on household_row (site, words);

-- Personal: rows go with the person's key.
create table person_row (
    site {int} not null, person {text} not null, household {text} not null, tenure {text} not null, place {int} not null,
    name {text} not null, phones {text} not null,
    primary key (site, person)
) {keyed};
create index person_household on person_row (site, household, place);

-- What the desk's one box finds a household by: names, pinyin, initials, phones, tails, plates.
create table person_key (
    site {int} not null, key {text} not null, matched {text} not null, household {text} not null,
    person {text} not null,
    primary key (site, key, household, person, matched)
) {keyed};
create index person_key_person on person_key (site, person);
create index person_key_household on person_key (site, household);

create table contact_row (
    site {int} not null, id {text} not null, began {int} not null, met {int} not null, channel {text} not null,
    station {text} not null, account {text} not null, household {text} not null, place {text} not null,
    words {text} not null, state {text} not null, note {text} not null, case_id {text} not null, answer {text} not null,
    ended {int}, rang {int}, answered {int}, rings {int}, seconds {int}, tail {text} not null, tried {int} not null,
    agitated {int} not null, sampled {int} not null, points {int}, checked {int} not null, version {int} not null,
    primary key (site, id)
) {keyed};
create index contact_began on contact_row (site, began, id);
create index contact_state on contact_row (site, state, began);
create index contact_case on contact_row (site, case_id);
create index contact_answer on contact_row (site, answer);
create index contact_household on contact_row (site, household, began);

-- At which extension a call is that nobody has entered yet.
create table call_row (
    site {int} not null, extension {text} not null, contact {text} not null, since {int} not null,
    primary key (site, extension, contact)
) {keyed};

create table answer_row (
    site {int} not null, id {text} not null, number {int} not null, question {text} not null, answer {text} not null,
    phones {text} not null, category {text} not null, keywords {text} not null, withdrawn {int} not null,
    at {int} not null, account {text} not null,
    primary key (site, id)
) {keyed};

create table answer_read (
    site {int} not null, id {text} not null, account {text} not null, version {int} not null, at {int} not null,
    primary key (site, id, account)
) {keyed};

-- Which code opens which case until when; the code itself is under the person's key.
create table link_row (
    site {int} not null, case_id {text} not null, hash {text} not null, ends {int} not null,
    primary key (site, case_id)
) {keyed};
create index link_hash on link_row (hash);

-- Rounds of a survey, the households asked in them, and each answer to each question. A round without an id of its own is
-- `month:2026-11`: what was asked in that month apart from rounds.
create table survey_round_row (
    site {int} not null, id {text} not null, title {text} not null, opened {int} not null, ends {int} not null,
    ended {int}, anonymous {int} not null, asked {text} not null, area {text} not null, questions {text} not null,
    primary key (site, id)
) {keyed};
create table survey_invite_row (
    site {int} not null, round {text} not null, n {int} not null, household {text} not null, place {text} not null,
    building {text} not null, hash {text} not null, case_id {text} not null, answered {int},
    primary key (site, round, n)
) {keyed};
create index survey_invite_hash on survey_invite_row (hash);
create table survey_answer_row (
    site {int} not null, case_id {text} not null, question {text} not null, round {text} not null,
    building {text} not null, person {text} not null, value {text} not null, mark {int} not null,
    full_mark {int} not null, at {int} not null,
    primary key (site, case_id, question)
) {keyed};
create index survey_answer_round on survey_answer_row (site, round, question, building);

-- What there is of each material; low is -1 where nobody set a level.
create table stock_row (
    site {int} not null, case_id {text} not null, number {text} not null, name {text} not null, spec {text} not null,
    unit {text} not null, balance {int} not null, low {int} not null, ended {int} not null,
    primary key (site, case_id)
) {keyed};

-- Items of the mailroom: where each stands, when it is to be with its recipient, and what became of that (`verdict`: open, met, late,
-- empty where no clause limits it). `code` is empty once it has ended.
create table mail_row (
    site {int} not null, case_id {text} not null, number {text} not null, kind {text} not null, place {text} not null,
    household {text} not null, recipient {text} not null, carrier {text} not null, item {text} not null,
    titles {text} not null, received {int} not null, stage {text} not null, due {int}, verdict {text} not null,
    logged {int} not null, sorted {text} not null, storage {text} not null, code {text} not null, duty {text} not null,
    handed {int} not null, requested {int} not null, signed {int}, signer {text} not null, remind {text} not null,
    complaint {text} not null, owes {text} not null,
    ended {int} not null,
    primary key (site, case_id)
) {keyed};
create index mail_received on mail_row (site, received, case_id);
create index mail_open on mail_row (site, received, case_id) where ended = 0;
create index mail_item on mail_row (site, item);
create index mail_code on mail_row (site, code);

create table mail_round_row (
    site {int} not null, case_id {text} not null, number {text} not null, day {text} not null, slot {text} not null,
    due_copies {int} not null, counted_copies {int} not null, fits {int} not null, settled {int} not null, delay {int},
    delay_closed {int}, set_out {int}, done {int}, result {text} not null, ended {int} not null,
    primary key (site, case_id)
) {keyed};
create index mail_round_day on mail_round_row (site, day, case_id);

-- Subscriptions, authorities to take mail, names on mail: few, and asked for as long as they run.
create table subscription_row (
    site {int} not null, case_id {text} not null, number {text} not null, household {text} not null, place {text} not null,
    title {text} not null, body {text} not null, ended {int} not null,
    primary key (site, case_id)
) {keyed};
create index subscription_open on subscription_row (site, place, title, case_id) where ended = 0;

create table mail_authority_row (
    site {int} not null, case_id {text} not null, number {text} not null, household {text} not null, place {text} not null,
    scope {text} not null, proxy {text} not null, from_day {text} not null, to_day {text} not null, ended {int} not null,
    primary key (site, case_id)
) {keyed};
create index mail_authority_place on mail_authority_row (site, place);

create table mail_name_row (
    site {int} not null, case_id {text} not null, name {text} not null, kind {text} not null, household {text} not null,
    place {text} not null, ended {int} not null,
    primary key (site, case_id)
) {keyed};
create index mail_name_name on mail_name_row (site, name);

-- What is to be seen to again and again of records that stay open for long: the act, and the moment that it is counted from.
create table care_row (
    site {int} not null, case_id {text} not null, act {text} not null, since {int} not null,
    primary key (site, case_id, act)
) {keyed};

-- What is asked of people by name: the act, since when and by which day, and whether it is done.
create table asked_row (
    site {int} not null, case_id {text} not null, act {text} not null, account {text} not null, since {int} not null,
    by_day {text} not null, reminded {int} not null, done {int} not null,
    primary key (site, case_id, act, account)
) {keyed};
create index asked_of on asked_row (site, account, done, since);

-- Appointments of everybody who was ever to go there: what became of one says the case.
create table visit_row (
    site {int} not null, account {text} not null, case_id {text} not null, begins {int} not null,
    primary key (site, account, case_id)
) {keyed};
create index visit_time on visit_row (site, account, begins);

-- What somebody told a resident a time for and has not kept; heard is 1 once the bell was answered.
create table promise_row (
    site {int} not null, case_id {text} not null, act {text} not null, account {text} not null, due {int} not null,
    heard {int} not null,
    primary key (site, case_id, act)
) {keyed};
create index promise_due on promise_row (site, account, due);

-- The price list, one row a version of an item; a day's list is made of what had begun and has not ended.
create table price_row (
    site {int} not null, id {text} not null, number {int} not null, trade {text} not null, name {text} not null,
    kind {text} not null, unit {text} not null, fen {int} not null, from_day {text} not null, until_day {text} not null,
    free {int} not null, warranty {int} not null, remark {text} not null, at {int} not null, account {text} not null,
    primary key (site, id, number)
) {keyed};

create table lateness_row (
    site {int} not null, post {text} not null, month {text} not null, entries {int} not null, late {int} not null,
    primary key (site, post, month)
) {keyed};

create table account_row (
    site {int} not null, account {text} not null, name {text} not null, posts {text} not null, area {text} not null,
    department {text} not null, extension {text} not null, trade {text} not null, active {int} not null,
    primary key (site, account)
) {keyed};

create index account_login on account_row (account);

create table site_row (
    site {int} not null, id {int} not null, name {text} not null, company {text} not null, opened {int} not null,
    primary key (site, id)
) {keyed};

create table rulebook_text (
    site {int} not null, digest {text} not null, book {text} not null, files {text} not null,
    primary key (site, digest)
) {keyed};

-- The categories of customer files, how each stands; `due` is the day until which it is confirmed, empty when nobody said.
create table dossier_row (
    site {int} not null, case_id {text} not null, household {text} not null, category {text} not null,
    complete {int} not null, accurate {int} not null, due {text} not null,
    primary key (site, case_id)
);
create index dossier_household on dossier_row (site, household, complete, accurate, due);

-- Who saw personal data in full, when and what for.
create table unmask_row (
    site {int} not null, seq {int} not null, subject {text} not null, at {int} not null, account {text} not null,
    purpose {text} not null,
    primary key (site, seq)
);
create index unmask_subject on unmask_row (site, subject, seq);

-- What stands in the archive; each item once.
create table archive_row (
    site {int} not null, case_id {text} not null, department {text} not null, class {text} not null,
    received {int} not null, filed {int}, lent {int} not null, back {text} not null, damaged {int} not null,
    gone {int} not null,
    primary key (site, case_id)
);
create index archive_department on archive_row (site, department, class);

-- What was looked for, read, lent and given outside, with how long it took and what for.
create table archive_use_row (
    site {int} not null, case_id {text} not null, seq {int} not null, act {text} not null, class {text} not null,
    purpose {text} not null, minutes {int}, found {int} not null, at {int} not null,
    primary key (site, case_id, seq)
);
create index archive_use_at on archive_use_row (site, at, act);

-- Needs by topic, from identification to outcome.
create table need_row (
    site {int} not null, case_id {text} not null, field {text} not null, topic {text} not null, source {text} not null,
    outcome {text} not null, voiced {int} not null, identified {int}, target {text} not null, improved {int},
    score {int},
    primary key (site, case_id)
);
create index need_voiced on need_row (site, voiced);

-- Materials of customer files, until they are filed.
create table material_row (
    site {int} not null, case_id {text} not null, household {text} not null, category {text} not null,
    collected {int} not null, filed {int},
    primary key (site, case_id)
);
create index material_unfiled on material_row (site, collected) where filed is null;

-- Parking permits that are out: given out for an open record and not taken back.
create table permit_row (
    site {int} not null, number {text} not null, case_id {text} not null,
    primary key (site, number, case_id)
);
create index permit_case on permit_row (site, case_id);
