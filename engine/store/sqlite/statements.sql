-- Every statement of the store, by name. `--` lines before a statement say why it is so.

-- The savepoint holds one work; many works share a commit.
-- name: begin
BEGIN IMMEDIATE;
-- name: savepoint
SAVEPOINT work;
-- name: roll_back_to_savepoint
ROLLBACK TO work;
-- name: release_savepoint
RELEASE work;
-- name: commit
COMMIT;
-- A deferred transaction sees the moment of its first read.
-- name: begin_reading
BEGIN;
-- name: first_read
SELECT count(*) FROM plan;

-- name: plans
SELECT year, title, source, campaigns, doubts FROM plan ORDER BY year DESC LIMIT 1000;
-- name: plan
SELECT year, title, source, campaigns, doubts FROM plan WHERE year = :year;
-- name: put_plan
INSERT OR REPLACE INTO plan VALUES (:year, :title, :source, :campaigns, :doubts);

-- name: units
SELECT id, name, kind, example, head, supervising_leader, retired FROM unit ORDER BY id LIMIT 100000;
-- name: put_unit
INSERT INTO unit VALUES (:id, :name, :kind, :example, :head, :supervising_leader, nullif(:retired, 0))
  ON CONFLICT (id) DO UPDATE SET name = excluded.name, kind = excluded.kind, example = excluded.example, head = excluded.head, supervising_leader = excluded.supervising_leader, retired = excluded.retired;
-- name: groups
SELECT id, name, spellings, kind, members, members_known, stated_size FROM unit_group ORDER BY id LIMIT 100000;
-- name: put_group
INSERT OR REPLACE INTO unit_group VALUES (:id, :name, :spellings, :kind, :members, :members_known, :stated_size);
-- name: participants
SELECT username, name, unit, roles, email, active FROM participant ORDER BY username LIMIT 1000000;
-- name: put_participant
INSERT INTO participant VALUES (:username, :name, :unit, :roles, :email, :active)
  ON CONFLICT (username) DO UPDATE SET name = excluded.name, unit = excluded.unit, roles = excluded.roles, email = excluded.email, active = excluded.active;
-- name: definition
SELECT json FROM definition WHERE name = :name;
-- name: definition_names
SELECT name FROM definition ORDER BY name LIMIT 10000;
-- name: put_definition
INSERT OR REPLACE INTO definition VALUES (:name, :json);

-- name: item
SELECT i.definition, s.* FROM item i JOIN item_status s ON s.item = i.id WHERE i.id = :id;
-- name: children
SELECT i.definition, s.* FROM item i JOIN item_status s ON s.item = i.id WHERE i.parent = :parent ORDER BY i.id LIMIT 1000000;
-- name: lead_units
SELECT i.unit FROM item i JOIN item_status s ON s.item = i.id
 WHERE i.parent = :task AND i.kind = 'Assignment' AND i.unit IS NOT NULL AND json_extract(i.definition, '$.role') = 'Lead' AND s.cancelled = 0 ORDER BY i.id;
-- A condition whose parameter is NULL holds for all. `after_number` and `after_id` continue a list where it ended.
-- name: items
SELECT i.definition, s.* FROM item i JOIN item_status s ON s.item = i.id LEFT JOIN unit u ON u.id = i.unit
 WHERE (:plan IS NULL OR i.plan = :plan) AND (:kind IS NULL OR i.kind = :kind)
   AND (:campaign IS NULL OR instr('、' || i.campaigns || '、', '、' || :campaign || '、') > 0)
   AND (:unit IS NULL OR i.unit = :unit)
   AND (:state IS NULL OR instr(s.active_states, '|' || :state || '|') > 0)
   AND (:due_before IS NULL OR s.due < :due_before) AND (:due_after IS NULL OR s.due > :due_after)
   AND (:parent IS NULL OR i.parent = :parent) AND (:number IS NULL OR i.number = :number)
   AND (:text IS NULL OR instr(json_extract(i.definition, '$.title'), :text) > 0 OR instr(json_extract(i.definition, '$.content'), :text) > 0 OR instr(coalesce(u.name, ''), :text) > 0)
   AND (:open IS NULL OR (s.closed = 0 AND s.cancelled = 0) = :open)
   AND (:after_id IS NULL OR (i.number, i.id) > (SELECT number, id FROM item WHERE id = :after_id))
 ORDER BY i.number, i.id LIMIT :limit;
-- name: next_item_id
SELECT coalesce(max(id), 0) + 1 FROM item;
-- name: insert_item
INSERT INTO item VALUES (:id, :plan, :parent, :kind, :number, :unit, :campaigns, :definition);
-- name: insert_status
INSERT INTO item_status VALUES (:item, :version, :lifecycle, :configuration, :active_states, :stage, :closed, :cancelled, :due, :progress, :accepted_at, :last_report_at,
  :applied_at, :closed_at, :cycle, :returns, :extensions, :requested_due, :applicant, :contributors, :first_reviewer, :shares, :shares_closed, :groups_unknown, :redo_by);
-- The version makes a lost update impossible: no row changes unless it is the one that was read.
-- name: update_status
UPDATE item_status SET version = :version, lifecycle = :lifecycle, configuration = :configuration, active_states = :active_states, stage = :stage, closed = :closed,
  cancelled = :cancelled, due = :due, progress = :progress, accepted_at = :accepted_at, last_report_at = :last_report_at, applied_at = :applied_at, closed_at = :closed_at,
  cycle = :cycle, returns = :returns, extensions = :extensions, requested_due = :requested_due, applicant = :applicant, contributors = :contributors,
  first_reviewer = :first_reviewer, shares = :shares, shares_closed = :shares_closed, groups_unknown = :groups_unknown, redo_by = :redo_by
 WHERE item = :item AND version = :version - 1;
-- name: count_key
SELECT i.plan, i.kind, i.campaigns, coalesce(i.unit, ''), s.stage, s.progress FROM item i JOIN item_status s ON s.item = i.id WHERE i.id = :id;
-- name: add_count
INSERT INTO count VALUES (:plan, :kind, :campaign, :unit, :stage, 1, :progress)
  ON CONFLICT DO UPDATE SET items = items + 1, progress = progress + excluded.progress;
-- name: subtract_count
UPDATE count SET items = items - 1, progress = progress - :progress WHERE plan = :plan AND kind = :kind AND campaign = :campaign AND unit = :unit AND stage = :stage;
-- name: change_count
UPDATE count SET progress = progress + :progress WHERE plan = :plan AND kind = :kind AND campaign = :campaign AND unit = :unit AND stage = :stage;
-- name: counts
SELECT kind, campaign, unit, stage, items, progress FROM count WHERE plan = :plan AND items > 0 ORDER BY kind, campaign, unit, stage LIMIT 1000000;

-- name: evidence_of
SELECT * FROM evidence WHERE item = :item ORDER BY attached_at, rowid LIMIT 100000;  -- as handed in, also within one instant
-- name: evidence
SELECT * FROM evidence WHERE sha256 = :sha256 ORDER BY item, cycle LIMIT 100000;
-- The same file handed in again after it was withdrawn counts again.
-- name: insert_evidence
INSERT INTO evidence VALUES (:item, :sha256, :name, :size, :media_type, :note, :attached_by, :attached_at, :cycle, 0)
  ON CONFLICT (item, sha256, cycle) DO UPDATE SET withdrawn = 0, note = excluded.note, attached_by = excluded.attached_by, attached_at = excluded.attached_at;
-- name: withdraw_evidence
UPDATE evidence SET withdrawn = 1 WHERE item = :item AND sha256 = :sha256;

-- name: journal_size
SELECT coalesce(max(position) + 1, 0) FROM journal;
-- name: journal
SELECT position, leaf FROM journal WHERE position >= :begin AND position < :end ORDER BY position LIMIT 1000000;
-- name: history
SELECT position, leaf FROM journal WHERE item = :item ORDER BY position LIMIT 1000000;
-- name: append
INSERT INTO journal VALUES (:position, :item, :leaf);
-- name: put_journal_text
INSERT INTO journal_text VALUES (:position, :field, :salt, :text);
-- name: journal_texts
SELECT position, field, salt, text FROM journal_text WHERE position >= :begin AND position < :end ORDER BY position, field;
-- name: journal_texts_of_item
SELECT t.position, t.field, t.salt, t.text FROM journal j JOIN journal_text t ON t.position = j.position WHERE j.item = :item ORDER BY t.position, t.field;
-- name: journal_text_places
SELECT position, field FROM journal_text ORDER BY position, field;
-- name: erase_journal_text
DELETE FROM journal_text WHERE position = :position AND field = :field;
-- name: erase_evidence_name
UPDATE evidence SET name = :erased WHERE item = :item AND name = :text;
-- name: erase_evidence_note
UPDATE evidence SET note = :erased WHERE item = :item AND note = :text;
-- name: erase_from_notices
UPDATE notice SET subject_zh = replace(subject_zh, :text, :erased), subject_en = replace(subject_en, :text, :erased),
  body_zh = replace(body_zh, :text, :erased), body_en = replace(body_en, :text, :erased), salt = randomblob(32)
  WHERE item IN (:item, (SELECT parent FROM item WHERE id = :item)) AND instr(subject_zh || subject_en || body_zh || body_en, :text) > 0;
-- A repeated request is then refused as another one.
-- name: erase_from_replies
UPDATE reply SET request = '', salt = randomblob(32) WHERE instr(request, :text) > 0;
-- name: journal_node
SELECT hash FROM journal_node WHERE level = :level AND position = :position;
-- name: put_journal_node
INSERT INTO journal_node VALUES (:level, :position, :hash);

-- name: seal
SELECT algorithms, journal_size, journal_root, changes, chain, key_id, signature FROM seal WHERE id = 1;
-- There is one; more are found only where the table's rule was switched off.
-- name: other_seals
SELECT id FROM seal WHERE id <> 1 ORDER BY id LIMIT 1000;
-- name: put_seal
INSERT OR REPLACE INTO seal VALUES (1, :algorithms, :journal_size, :journal_root, :changes, :chain, :key_id, :signature);
-- name: journal_names_a_key
SELECT EXISTS (SELECT 1 FROM journal WHERE item IS NULL AND instr(CAST(leaf AS TEXT), '"type":"journal.key') > 0);
-- name: row_changes
SELECT position, table_name, row_key, row_hash, chain FROM row_change ORDER BY position;
-- name: row_change_chain
SELECT chain FROM row_change WHERE position = :position;
-- name: row_changes_length
SELECT coalesce(max(position) + 1, 0) FROM row_change;
-- name: put_row_change
INSERT INTO row_change VALUES (:position, :table_name, :row_key, :row_hash, :chain);
-- name: signed_heads
SELECT algorithms, size, root, time, key_id, signature FROM signed_head WHERE size >= :size ORDER BY size LIMIT :limit;
-- name: last_signed_head
SELECT algorithms, size, root, time, key_id, signature FROM signed_head ORDER BY size DESC LIMIT 1;
-- The mark is what the type looks like in a leaf; text elsewhere in an entry cannot look like it, but an object could.
-- name: entries_of_type
SELECT position, leaf FROM journal WHERE item IS NULL AND instr(CAST(leaf AS TEXT), :mark) > 0 ORDER BY position LIMIT 1000000;
-- The same head signed again is the same row; SM2 signs with a random number, and the first stays.
-- name: put_signed_head
INSERT INTO signed_head (size, algorithms, root, time, key_id, signature) VALUES (:size, :algorithms, :root, :time, :key_id, :signature)
  ON CONFLICT (size) DO NOTHING;

-- Oldest first, ties by id: after a standstill, steps are decided in the order they fell due.
-- name: timers_due
SELECT id, item, due_at, kind, key FROM timer WHERE due_at <= :now ORDER BY due_at, id LIMIT :limit;
-- name: next_timer
SELECT min(due_at) FROM timer;
-- name: timers_of
SELECT id, item, due_at, kind, key FROM timer WHERE item = :item ORDER BY due_at, id LIMIT 10000;
-- name: put_timer
INSERT INTO timer (item, due_at, kind, key) VALUES (:item, :due_at, :kind, :key) ON CONFLICT (item, kind, key) DO UPDATE SET due_at = excluded.due_at;
-- name: cancel_timer
DELETE FROM timer WHERE item = :item AND kind = :kind AND key = :key;
-- name: cancel_timers
DELETE FROM timer WHERE item = :item AND kind = :kind;

-- name: notice
SELECT * FROM notice WHERE id = :id;
-- name: notices
SELECT * FROM notice WHERE (:recipient IS NULL OR recipient = :recipient) AND (:item IS NULL OR item = :item) AND (:step IS NULL OR step = :step)
   AND (:state IS NULL OR state = :state) AND (:channel IS NULL OR channel = :channel) AND (:before IS NULL OR id < :before)
   AND (:delivery IS NULL OR delivery = :delivery)
 ORDER BY id DESC LIMIT :limit;
-- The same, where an index can lead to them: no optional condition can use one. An item's are asked for by every step of its ladder.
-- name: notices_of_item
SELECT * FROM notice WHERE item = :item AND (:recipient IS NULL OR recipient = :recipient) AND (:step IS NULL OR step = :step)
   AND (:state IS NULL OR state = :state) AND (:channel IS NULL OR channel = :channel) AND (:before IS NULL OR id < :before)
   AND (:delivery IS NULL OR delivery = :delivery)
 ORDER BY id DESC LIMIT :limit;
-- name: notices_of_recipient
SELECT * FROM notice WHERE recipient = :recipient AND (:item IS NULL OR item = :item) AND (:step IS NULL OR step = :step)
   AND (:state IS NULL OR state = :state) AND (:channel IS NULL OR channel = :channel) AND (:before IS NULL OR id < :before)
   AND (:delivery IS NULL OR delivery = :delivery)
 ORDER BY id DESC LIMIT :limit;
-- name: notices_of_state
SELECT * FROM notice WHERE state = :state AND (:recipient IS NULL OR recipient = :recipient) AND (:item IS NULL OR item = :item)
   AND (:step IS NULL OR step = :step) AND (:channel IS NULL OR channel = :channel) AND (:before IS NULL OR id < :before)
   AND (:delivery IS NULL OR delivery = :delivery)
 ORDER BY id DESC LIMIT :limit;
-- name: unacknowledged
SELECT count(*) FROM notice WHERE recipient = :recipient AND channel = 'inbox' AND state = 'sent' AND acknowledged_at IS NULL;
-- name: notices_to_send
SELECT * FROM notice WHERE channel = :channel AND state IN ('planned', 'failed') AND coalesce(next_attempt_at, planned_for) <= :now
 ORDER BY coalesce(next_attempt_at, planned_for), id LIMIT :limit;
-- The recipients in turn, so that a storm is worked off person by person. The index holds waiting notices only.
-- name: recipients_to_send
SELECT DISTINCT recipient FROM notice WHERE channel = :channel AND recipient > :after AND state IN ('planned', 'failed')
   AND coalesce(next_attempt_at, planned_for) <= :now ORDER BY recipient LIMIT :limit;
-- name: notices_to_send_to
SELECT * FROM notice WHERE channel = :channel AND recipient = :recipient AND state IN ('planned', 'failed')
   AND coalesce(next_attempt_at, planned_for) <= :now ORDER BY id LIMIT 100000;
-- name: notices_in_flight
SELECT * FROM notice WHERE channel = :channel AND state = 'sending' ORDER BY id LIMIT :limit;
-- name: next_notice
SELECT min(coalesce(next_attempt_at, planned_for)) FROM notice WHERE channel = :channel AND state IN ('planned', 'failed');
-- name: notice_counts
SELECT state, count(*) FROM notice GROUP BY state ORDER BY state;
-- Only those that wait are looked at: what was sent is not touched, however much it is.
-- name: waiting_notices
SELECT count(*) FILTER (WHERE coalesce(next_attempt_at, planned_for) <= :now), min(planned_for) FROM notice INDEXED BY notice_waiting WHERE state IN ('planned', 'failed');
-- name: insert_notice
INSERT INTO notice (key, item, recipient, channel, step, subject_zh, subject_en, body_zh, body_en, state, decided_at, planned_for, sent_at, acknowledged_at, attempts, next_attempt_at, last_error, delivery, receipt, withheld, pace, salt)
VALUES (:key, :item, :recipient, :channel, :step, :subject_zh, :subject_en, :body_zh, :body_en, :state, :decided_at, :planned_for, :sent_at, :acknowledged_at, :attempts, :next_attempt_at, :last_error, :delivery, :receipt, :withheld, :pace, randomblob(32))
  ON CONFLICT (key) DO NOTHING;
-- name: update_notice
UPDATE notice SET state = :state, sent_at = :sent_at, acknowledged_at = :acknowledged_at, attempts = :attempts, next_attempt_at = :next_attempt_at, last_error = :last_error, delivery = :delivery, receipt = :receipt, withheld = :withheld WHERE id = :id;

-- name: silences_at
SELECT * FROM silence WHERE until > :at AND begins_at <= :at AND (ended_at IS NULL OR ended_at > :at) ORDER BY id LIMIT 10000;
-- name: silences
SELECT * FROM silence ORDER BY id DESC LIMIT :limit;
-- name: silence
SELECT * FROM silence WHERE id = :id;
-- name: put_silence
INSERT INTO silence (item, unit, recipient, step, reason, begins_at, until, set_by) VALUES (:item, :unit, :recipient, :step, :reason, :begins_at, :until, :set_by);
-- name: end_silence
UPDATE silence SET ended_at = :ended_at, ended_by = :ended_by WHERE id = :id;
-- name: absences_at
SELECT * FROM absence WHERE last >= :day AND first <= :day AND (ended_at IS NULL OR ended_at > :at) ORDER BY id LIMIT 10000;
-- name: absences
SELECT * FROM absence ORDER BY id DESC LIMIT :limit;
-- name: absence
SELECT * FROM absence WHERE id = :id;
-- name: put_absence
INSERT INTO absence (away, substitute, first, last, reason, set_by) VALUES (:away, :substitute, :first, :last, :reason, :set_by);
-- name: end_absence
UPDATE absence SET ended_at = :ended_at WHERE id = :id;
-- name: last_id
SELECT last_insert_rowid();
-- name: secret
SELECT bytes FROM secret WHERE name = :name;
-- name: put_secret
INSERT OR REPLACE INTO secret VALUES (:name, :bytes);

-- name: documents
SELECT id, kind, year, number, unit, content, signed_by, signed_at FROM document ORDER BY id DESC LIMIT :limit;
-- name: document
SELECT id, kind, year, number, unit, content, signed_by, signed_at FROM document WHERE id = :id;
-- name: next_document_number
SELECT coalesce(max(number), 0) + 1 FROM document WHERE kind = :kind AND year = :year;
-- name: insert_document
INSERT INTO document (kind, year, number, unit, content, signed_by, signed_at) VALUES (:kind, :year, :number, :unit, :content, :signed_by, :signed_at) RETURNING id;

-- name: findings
SELECT * FROM finding WHERE plan = :plan ORDER BY item LIMIT 1000000;
-- name: finding
SELECT * FROM finding WHERE item = :item;
-- name: finding_named
SELECT * FROM finding WHERE plan = :plan AND source = :source AND reference = :reference AND reference <> '';
-- name: next_finding_number
SELECT coalesce(max(number), 0) + 1 FROM item WHERE plan = :plan AND kind = 'Finding';
-- What it was registered with stays; a new salt each time, so that no two hashes of a row tell what changed.
-- name: put_finding
INSERT INTO finding VALUES (:item, :plan, :source, :reference, :fed_back, :common, :rectification, :problem, :goal, :measures, :person, :linked, :similar, :checks,
  :relapse_of, :deepened, :rechecked, :registered_by, :registered_at, randomblob(32))
  ON CONFLICT (item) DO UPDATE SET measures = excluded.measures, similar = excluded.similar, relapse_of = excluded.relapse_of, deepened = excluded.deepened,
  rechecked = excluded.rechecked, salt = excluded.salt;
-- name: erase_from_finding
UPDATE finding SET problem = replace(problem, :text, :erased), goal = replace(goal, :text, :erased), measures = replace(measures, :text, :erased), salt = randomblob(32)
  WHERE item = :item AND instr(problem || goal || measures, :text) > 0;

-- name: reply
SELECT request, answer FROM reply WHERE username = :username AND key = :key;
-- name: put_reply
INSERT INTO reply VALUES (:username, :key, :request, :answer, randomblob(32));

-- name: account
SELECT username, password_hash, disabled, changed_at FROM account WHERE username = :username;
-- name: accounts
SELECT username, password_hash, disabled, changed_at FROM account ORDER BY username LIMIT 1000000;
-- name: put_account
INSERT OR REPLACE INTO account VALUES (:username, :password_hash, :disabled, :changed_at);
-- name: one_time_codes
SELECT username, secret, since, last_step FROM one_time_code WHERE username = :username;
-- name: put_one_time_codes
INSERT OR REPLACE INTO one_time_code VALUES (:username, :secret, :since, :last_step);
-- name: delete_one_time_codes
DELETE FROM one_time_code WHERE username = :username;
-- name: calendar_feed
SELECT username, token_hash, created_at FROM calendar_feed WHERE username = :username;
-- name: calendar_feed_by
SELECT username, token_hash, created_at FROM calendar_feed WHERE token_hash = :token_hash;
-- name: put_calendar_feed
INSERT OR REPLACE INTO calendar_feed VALUES (:username, :token_hash, :created_at);
-- name: delete_calendar_feed
DELETE FROM calendar_feed WHERE username = :username;
-- name: unit_calendar_feeds
SELECT username, unit, token_hash, created_at FROM unit_calendar_feed WHERE username = :username ORDER BY unit LIMIT 10000;
-- name: unit_calendar_feed_by
SELECT username, unit, token_hash, created_at FROM unit_calendar_feed WHERE token_hash = :token_hash;
-- name: put_unit_calendar_feed
INSERT INTO unit_calendar_feed VALUES (:username, :unit, :token_hash, :created_at)
  ON CONFLICT (username, unit) DO UPDATE SET token_hash = excluded.token_hash, created_at = excluded.created_at;
-- name: delete_unit_calendar_feed
DELETE FROM unit_calendar_feed WHERE username = :username AND unit = :unit;
-- name: session
SELECT * FROM session WHERE token_hash = :token_hash;
-- name: sessions
SELECT * FROM session WHERE username = :username ORDER BY created_at DESC, token_hash LIMIT 10000;
-- name: put_session
INSERT OR REPLACE INTO session VALUES (:token_hash, :username, :csrf_token, :created_at, :last_seen_at, :expires_at, :address);
-- name: delete_session
DELETE FROM session WHERE token_hash = :token_hash;
-- name: delete_sessions_of
DELETE FROM session WHERE username = :username;
-- name: delete_sessions_before
DELETE FROM session WHERE expires_at < :expiry;
-- name: access_tokens
SELECT * FROM access_token WHERE username = :username ORDER BY created_at, token_hash LIMIT 10000;
-- name: access_token
SELECT * FROM access_token WHERE token_hash = :token_hash;
-- name: put_access_token
INSERT OR REPLACE INTO access_token VALUES (:token_hash, :username, :name, :created_at, :expires_at, :revoked, :scopes);
-- name: sign_in_failures
SELECT * FROM sign_in_failures WHERE subject = :subject;
-- name: put_sign_in_failures
INSERT OR REPLACE INTO sign_in_failures VALUES (:subject, :count, :last_at);
-- name: clear_sign_in_failures
DELETE FROM sign_in_failures WHERE subject = :subject;
-- name: delete_sign_in_failures_before
DELETE FROM sign_in_failures WHERE last_at < :last;

-- For `xiaohao verify`, which reads all there is.
-- name: schema
SELECT type, name, coalesce(sql, '') FROM sqlite_schema ORDER BY type, name;
-- name: integrity
PRAGMA integrity_check(100);
-- name: journal_with_leaf_hashes
SELECT j.position, j.item, j.leaf, n.hash FROM journal j LEFT JOIN journal_node n ON n.level = 0 AND n.position = j.position ORDER BY j.position;
-- name: journal_nodes_with_children
SELECT n.level, n.position, n.hash, a.hash, b.hash FROM journal_node n LEFT JOIN journal_node a ON a.level = n.level - 1 AND a.position = 2 * n.position
  LEFT JOIN journal_node b ON b.level = n.level - 1 AND b.position = 2 * n.position + 1 WHERE n.level > 0 ORDER BY n.level, n.position;
-- name: journal_node_places
SELECT level, position FROM journal_node ORDER BY level, position;
-- Rows that count nothing are what is left when all have moved on.
-- name: all_counts
SELECT plan, kind, campaign, unit, stage, items, progress FROM count WHERE items <> 0 OR progress <> 0 ORDER BY plan, kind, campaign, unit, stage;
-- name: evidence_files
SELECT DISTINCT sha256, size FROM evidence ORDER BY sha256, size;
