// Writes to a site that Chromium has open, for .ci/preview-check:
//   node preview.mjs TOOLS BROWSER SOWHAT SITE [PICTURES]
import { Stage } from './preview/stage.mjs';
import { takePictures } from './preview/pictures.mjs';
import { scenes } from './preview/scenes.mjs';

const [tools, browserPath, sowhat, folder, pictures] = process.argv.slice(2);
const stage = new Stage({ tools, browserPath, sowhat, folder });
let failed = null;
try {
  await stage.open();
  const only = process.env.SCENE;
  for (const scene of scenes.filter(({ name }) => !only || name === only)) {
    const began = Date.now();
    failed = scene.name;
    await scene(stage);
    await stage.reset();
    console.log(`${String(Date.now() - began).padStart(6)} ms  ${scene.name.replace(/([A-Z])/g, (letter) => ` ${letter.toLowerCase()}`)}`);
  }
  failed = 'pictures';
  if (pictures) await takePictures(stage, pictures);
  await stage.reset();
  failed = 'the end';
  await stage.stop();
  failed = null;
} catch (error) {
  console.error(`preview: failed in ${failed}: ${error.stack}`);
  for (const trouble of stage.troubles) console.error(trouble);
  process.exitCode = 1;
} finally {
  await stage.close();
}
