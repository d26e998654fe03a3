/*
 * Every bound of the program, with its unit and reason. A thing that grows
 * with its input is bounded here or not at all.
 */
#ifndef NK_BASE_LIMITS_H
#define NK_BASE_LIMITS_H

/* Memory */
#define NK_ARENA_BLOCK 32768u   /* bytes; a record and its doc tree fit */
#define NK_ARENA_KEEP  1048576u /* bytes kept by a reset; a letter fits */

/* Files and XML (ux.md, section 14) */
#define NK_MAX_FILE       67108864u /* bytes read from one file: 64 MiB */
#define NK_MAX_XML        4194304u  /* bytes of one XML document: 4 MiB */
#define NK_MAX_XML_DEPTH  64u       /* elements inside each other */
#define NK_MAX_XML_NODES  200000u   /* nodes of one document; 4 MiB of "<a/>" */
#define NK_MAX_XML_ATTRS  256u      /* of one element; libxml2 compares each */
#define NK_MAX_XPATH_OPS  100000u   /* steps of one evaluation; a letter: 500 */
#define NK_MAX_PAPER_OPS  20000000u /* steps of all of one paper */
#define NK_MAX_XPATH_ARGS 4u        /* arguments of a template function */
#define NK_MAX_PATH       4096u     /* bytes of a file name with folders */

/* Records (record) */
#define NK_MAX_TOPICS   32  /* of secrets: bits of a uint32_t */
#define NK_MAX_SIBLINGS 200 /* names a correction is looked for among */

#define NK_MAX_SPOT_INDEX 1000 /* of elements of one kind, in a form */

/* Templates (template) */
#define NK_MAX_COLUMNS    40u     /* of a table */
#define NK_MAX_PART_DEPTH 8u      /* parts that include parts */
#define NK_MAX_TPL_NODES  100000u /* of a template with all its parts */

/* Binding (doc) */
#define NK_MAX_DOC_NODES 2000000u /* nodes of one paper; a page: 200 */
#define NK_MAX_DOC_DEPTH 100u     /* elements and parts inside each other */
#define NK_MAX_SIGNERS   8u       /* places to sign in one paper */

/* Paper (template, doc, layout) */
#define NK_MAX_LENGTH 14400000 /* 1/1000 pt: 14400 pt, the widest PDF page */

/* Messages */
#define NK_MAX_PROBLEMS 200u  /* listed per run; the rest is counted */
#define NK_FAULT_TEXT   2048u /* bytes kept of one failure's arguments */
#define NK_MAX_ARGS     4u    /* placeholders {0} .. {3} in a message */
#define NK_MAX_TYPO     40u   /* bytes of a word we guess corrections for */

/* Layout (layout) */
#define NK_MAX_PAGES      20000u  /* beyond it a register goes into volumes */
#define NK_MAX_PARA_WORDS 100000u /* words of one paragraph */

/* Fonts (font) */
#define NK_MAX_FONT_FILE    4194304u /* bytes of a font program */
#define NK_MAX_WORD         400u   /* bytes of one word; longer ones are cut */
#define NK_MAX_CACHED_WORDS 40000u /* then the cache starts anew: 10 MB */

/* Pictures and pages (pdf) */
#define NK_MAX_IMAGE_SIDE  8000u     /* pixels */
#define NK_MAX_PIXELS      16000000u /* 16 MP: 25 mm arms at 1200 dpi: 1.4 */
#define NK_MAX_PAGE_IMAGES 8u

/* Signed PDFs (sign) */
#define NK_MAX_PDF           67108864u /* bytes of a PDF: 64 MiB */
#define NK_MAX_PDF_DEPTH     32u       /* values inside each other */
#define NK_MAX_PDF_OBJECT    262144u   /* bytes of one object looked into */
#define NK_MAX_PDF_NUMBER    8388607u /* last object number (ISO 32000-1 C.2) */
#define NK_MAX_PDF_REVISIONS 64u      /* updates; each is compared */
#define NK_MAX_PDF_RANGES    1024u    /* subsections of all xref tables */
#define NK_MAX_PDF_FIELDS    4096u    /* form fields of all kinds */
#define NK_MAX_PDF_WORK      134217728u /* bytes of objects read in one job */
#define NK_MAX_CHAIN         8u         /* certificates from signer to root */

#define NK_MAX_PDF_INPUTS 2000u /* places to fill in, in one form */

/* Cases and batches (case) */
#define NK_BATCH_ROWS      100u /* papers in one transaction */
#define NK_MAX_THREADS     16u  /* that make papers side by side */
#define NK_MAX_CSV_COLUMNS 200u
#define NK_MAX_REASON      500u  /* bytes: it stands above a letter */
#define NK_MAX_DIFF_LINES  2000u /* that differ in two papers: 8 MB to tell */

/* Archive and keys (crypto, archive) */
#define NK_MAX_RESULTS    100000u /* rows one query returns */
#define NK_MIN_PASSWORD   12u /* characters of a new one (ux.md, section 13) */
#define NK_MAX_KDF_KIB    1048576u  /* Argon2id memory: 1 GiB */
#define NK_MAX_KDF_PASSES 64u       /* Argon2id; a minute on an office PC */
#define NK_MAX_PAPER      67108864u /* bytes of one paper: as of one file */
#define NK_MAX_DICT_RES   64u       /* fonts, profile, arms, certificates */
#define NK_MAX_DICT_BASE  262144u   /* bytes: a paper of a hundred pages */
#define NK_MAX_DICTS_OPEN 16u       /* kept loaded; 120 kB each */

#endif
