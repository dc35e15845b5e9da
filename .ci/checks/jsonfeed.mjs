// jsonfeed.mjs TOOLS SCHEMA <PATHS: validates each JSON file named on standard input against the schema,
// and prints one list of messages per file.
import fs from 'node:fs';
import path from 'node:path';
import { createRequire } from 'node:module';

const [tools, schema] = process.argv.slice(2);
const require = createRequire(path.join(tools, 'package.json'));
const Ajv = require('ajv/dist/2020').default;
const ajv = new Ajv({ allErrors: true, strict: true, strictRequired: false });
require('ajv-formats').default(ajv);
const validate = ajv.compile(JSON.parse(fs.readFileSync(schema, 'utf8')));

const files = fs.readFileSync(0, 'utf8').split('\n').filter(Boolean);
const messages = files.map((file) => {
  validate(JSON.parse(fs.readFileSync(file, 'utf8')));
  return (validate.errors ?? []).map((e) => `${e.instancePath || '/'} ${e.message} ${JSON.stringify(e.params)}`);
});
console.log(JSON.stringify(messages));
