try { } catch (Exception e) { } catch (ArgumentException e) { }
