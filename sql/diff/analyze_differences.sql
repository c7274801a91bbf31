analyze differences;
