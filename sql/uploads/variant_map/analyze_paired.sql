analyze paired;
