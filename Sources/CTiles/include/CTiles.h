void ctiles_placeholder(void);
