-- NULL is what every row was before: in office; for everything. So the seals of old rows still hold.
ALTER TABLE unit ADD COLUMN retired INTEGER CHECK (retired = 1);
ALTER TABLE access_token ADD COLUMN scopes TEXT;  -- 'items plan'
