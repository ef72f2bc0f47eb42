try { } catch { } catch (Exception e) { }
