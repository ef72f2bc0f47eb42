ValueTaskSourceStatus s = default;
