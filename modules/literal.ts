/** A text in which Terraform reads no expression, whatever somebody else wrote into it. */
export const literal = (text: string): string => text.replace(/([$%])\{/g, '$1$1{');
