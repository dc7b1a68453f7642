"""Two plugins for LocalStack: functions as host processes, and a gateway on loopback only."""
