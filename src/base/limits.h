/*
 * Every bound of the program, with its unit and reason. A thing that grows
 * with its input is bounded here or not at all.
 */
#ifndef NK_BASE_LIMITS_H
#define NK_BASE_LIMITS_H

/* Memory */
#define NK_ARENA_BLOCK 32768u   /* bytes; a record and its doc tree fit */
#define NK_ARENA_KEEP  1048576u /* bytes kept by a reset; a letter needs less */

/* Files and XML (ux.md, section 14) */
#define NK_MAX_FILE      67108864u /* bytes read from one file: 64 MiB */
#define NK_MAX_XML       4194304u  /* bytes of one XML document: 4 MiB */
#define NK_MAX_XML_DEPTH 64u       /* elements inside each other */
#define NK_MAX_XML_NODES 200000u   /* nodes of one document; 4 MiB of "<a/>" */
#define NK_MAX_PATH      4096u     /* bytes of a file name with folders */

/* Messages */
#define NK_MAX_PROBLEMS 200u  /* listed per run; the rest is counted */
#define NK_FAULT_TEXT   2048u /* bytes kept of one failure's arguments */
#define NK_MAX_ARGS     4u    /* placeholders {0} .. {3} in a message */
#define NK_MAX_TYPO     40u   /* bytes of a word we guess corrections for */

/* Signed PDFs (sign) */
#define NK_MAX_PDF 67108864u /* bytes of a PDF to sign or verify: 64 MiB */

/* Archive and keys (crypto, archive) */
#define NK_MAX_RESULTS 100000u  /* rows one query returns */
#define NK_MAX_KDF_KIB 1048576u /* Argon2id memory: 1 GiB */

#endif
