-- Open interest of shorts, base coin, on exchanges where it differs from that of longs (open_interest_base); null elsewhere.
ALTER TABLE minute_bars ADD COLUMN short_open_interest_base REAL;
