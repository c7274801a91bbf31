analyze offered;
analyze unfit_source;
analyze unfit_destination;
