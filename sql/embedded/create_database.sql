create database crossdock
