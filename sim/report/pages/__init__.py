"""The pages: reports of ensembles, comparisons, forks and studies of inputs."""
