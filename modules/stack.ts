import { type App, TerraformElement, TerraformStack } from 'cdktf';

/** A stack whose resources are named in Terraform by their place in the tree, without hashes. */
export class ParapetStack extends TerraformStack {
  constructor(app: App, id: string) {
    super(app, id);
  }

  protected override allocateLogicalId(element: TerraformElement | TerraformStack['node']): string {
    const node = TerraformElement.isTerraformElement(element) ? element.node : element;
    const ids = node.scopes.slice(node.scopes.indexOf(this) + 1).map((scope) => scope.node.id);
    const unfit = ids.find((id) => !/^[A-Za-z0-9-]+$/.test(id));
    if (unfit !== undefined)
      throw new TypeError(`the construct id ${unfit} may hold letters, digits and hyphens only`);
    return ids.join('_');
  }
}
