"""The public pages: functions, each asking the published set only."""
