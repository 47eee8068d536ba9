// @ts-check
/** The bill of materials in CycloneDX: what really ships, not what we build with. */
import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);

/**
 * The document as JSON. Without a time or a number of its own, so that the same parts make the same
 * document.
 * @param {{name: string, version: string, license: string, description: string}} own our package.json
 * @param {import('./components.mjs').Component[]} components
 * @returns {string}
 */
export function sbomOf(own, components) {
  const { Enums, Models, Serialize, Spec } = require('@cyclonedx/cyclonedx-library');
  const make = maker();
  const bom = new Models.Bom();
  const application = make(own, Enums.ComponentType.Application, `pkg:npm/${own.name}`);
  bom.metadata.component = application;
  for (const component of components) {
    const made = make(aboutOf(component), typeOf(Enums, component), purlOf(component));
    made.properties.add(new Models.Property('label-noise-lab:where', component.where));
    bom.components.add(made);
    application.dependencies.add(made.bomRef);
  }
  const json = new Serialize.JSON.Normalize.Factory(Spec.Spec1dot6);
  const serializer = new Serialize.JsonSerializer(json);
  return serializer.serialize(bom, { sortLists: true, space: 2 });
}

/** @param {any} Enums @param {import('./components.mjs').Component} component */
function typeOf(Enums, { kind, name }) {
  if (kind === 'font') return Enums.ComponentType.Data;
  return name === 'electron' ? Enums.ComponentType.Framework : Enums.ComponentType.Library;
}

/** @param {import('./components.mjs').Component} component */
const aboutOf = ({ about, name, version, license }) => ({ ...about, name, version, license });

/** @param {import('./components.mjs').Component} component @returns {string} */
function purlOf({ kind, name, version }) {
  const { PackageURL } = require('packageurl-js');
  if (kind !== 'npm') return new PackageURL('generic', null, name, version).toString();
  const [short = name, scope = null] = name.split('/').reverse();
  return new PackageURL('npm', scope, short, version).toString();
}

function maker() {
  const { FromNodePackageJson, License } = require('@cyclonedx/cyclonedx-library/Contrib');
  const builder = new FromNodePackageJson.Builders.ComponentBuilder(
    new FromNodePackageJson.Factories.ExternalReferenceFactory(),
    new License.Factories.LicenseFactory(require('spdx-expression-parse')),
  );
  /**
   * @param {any} about
   * @param {import('@cyclonedx/cyclonedx-library').Enums.ComponentType} type
   * @param {string} purl
   */
  return (about, type, purl) => {
    const made = builder.makeComponent(about, type);
    if (!made) throw new Error(`${purl} has no name.`);
    made.purl = purl;
    made.bomRef.value = purl;
    return made;
  };
}
