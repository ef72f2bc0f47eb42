throw new Exception;
