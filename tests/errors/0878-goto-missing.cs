goto L;
