"""The checks of the storage suite, a module for each thing that a storage promises."""
