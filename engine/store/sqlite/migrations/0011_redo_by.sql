-- By when a returned application is looked for again.
ALTER TABLE item_status ADD COLUMN redo_by TEXT;
