# Reads runs.csv with what each column means as its label.
runs <- read.csv("runs.csv", check.names = FALSE, na.strings = "")
meaning <- read.csv("runs_dictionary.csv", check.names = FALSE)
for (k in seq_len(nrow(meaning))) {
  name <- meaning$name[k]
  if (name %in% names(runs)) {
    attr(runs[[name]], "label") <- meaning$meaning[k]
    attr(runs[[name]], "unit") <- meaning$unit[k]
  }
}
