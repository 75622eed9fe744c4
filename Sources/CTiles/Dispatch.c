#include "CTiles.h"
void ctiles_placeholder(void) {}
