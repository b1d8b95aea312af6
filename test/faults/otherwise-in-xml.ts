// What the seeded faults of FHIR JSON become in FHIR XML, where they are not found by the same rule at the same place.

interface Otherwise {
  /** Why. */
  because: string;
  /** The rules that find in XML what it says in place of it; none where nothing is wrong there. */
  finds?: readonly string[];
  /** Stage and name. */
  faults: readonly string[];
}

export const OTHERWISE: readonly Otherwise[] = [
  {
    because: 'a slip of writing JSON: XML has its own',
    faults: [
      'text: a comma too few',
      'text: a comma too many in an object',
      'text: a comma too many in a list',
      'text: a comment',
      'text: a text in single quotes',
      'text: a text that is not closed',
      'text: a tab inside a text',
      'text: an escape that JSON does not have',
      'text: a colon left out',
      'text: no number',
      'text: the last bracket missing',
      'text: something behind the message',
      'text: nothing at all',
    ],
  },
  {
    because: 'the value has the name once, and so has its XML',
    faults: [
      'text: a duplicate key',
      'text: the fullUrl of an entry twice',
      'text: the type of a resource twice',
      'text: a name in a part of a part twice',
    ],
  },
  {
    because: 'XML begins with the name of a resource',
    faults: [
      'text: the message in a list',
      'text: the message inside something else',
      'text: the message as a text',
      'text: null',
    ],
  },
  {
    because: 'XML has no list in a list',
    faults: ['shape: a list in a list'],
  },
  {
    because: 'one element is a list of one where STU3 has a list',
    faults: [
      'shape: a scalar where an array belongs',
      'shape: a text where a list of texts belongs',
      'shape: an array where a scalar belongs',
      'shape: a list where an object belongs',
    ],
  },
  {
    because: 'one element is a list of one, and this one is empty',
    finds: ['empty'],
    faults: ['shape: the entries of a bundle as an object'],
  },
  {
    because: 'XML has no quotes to tell a text from a number or a boolean',
    faults: [
      'shape: a number where a text belongs',
      'shape: a number in a list of texts',
      'shape: a text where a boolean belongs',
      'shape: a text where a number belongs',
    ],
  },
  {
    because: 'the text stands in an attribute that is not allowed there',
    finds: ['xml-attribute'],
    faults: ['shape: a text where an object belongs', 'shape: a reference as a text'],
  },
  {
    because: 'the object stands inside the element as its extensions might',
    finds: ['unknown-property'],
    faults: ['shape: an object where a text belongs', 'authors: a concept for a code, as in R4'],
  },
  {
    because: 'XML has no null: what is nothing is not there',
    faults: ['shape: null in a list of objects'],
  },
  {
    because: 'XML has no null, so the birth date is missing',
    finds: ['patient-identity'],
    faults: ['shape: null as a value'],
  },
  {
    because: 'XML has no null, so the identifier is missing',
    finds: ['required'],
    faults: ['shape: null as an object'],
  },
  {
    because: 'XML has no empty list: what is nothing is not there',
    faults: [
      'shape: an empty list of names',
      'shape: an empty list of texts',
      'shape: an empty companion',
      'authors: a name of DSTU2',
    ],
  },
  {
    because: 'XML has no empty list, so the element around it is empty',
    finds: ['empty'],
    faults: ['shape: an empty list of codes'],
  },
  {
    because: 'XML has no empty list, so it is missing in the resource',
    finds: ['required'],
    faults: [
      'profiles: the MessageHandling extension removed, its list left empty',
      'profiles: an empty list of sections',
    ],
  },
  {
    because: 'JSON escapes what XML need not: the XML is smaller',
    faults: ['envelope: a message that is too large for a title in escapes'],
  },
  {
    because: 'a narrative is part of the text, and breaks it where it is broken',
    finds: ['xml-syntax'],
    faults: [
      'narrative: an element that is not closed',
      'narrative: closing tags in the wrong order',
      'narrative: an entity of HTML',
      'narrative: an ampersand as it is',
      'narrative: an attribute without quotes',
      'narrative: a line break as HTML has it',
      'narrative: a declaration before the div',
    ],
  },
  {
    because: 'every element of XML has a namespace, and the div one of its own',
    finds: ['xml-namespace'],
    faults: ['narrative: no namespace', 'narrative: another namespace'],
  },
  {
    because: 'an element that stands twice is a list, and the second div has no namespace',
    finds: ['kind', 'xml-namespace'],
    faults: ['narrative: a second div'],
  },
  {
    because: 'the words stand between the elements',
    finds: ['xml-text'],
    faults: ['narrative: text after the div'],
  },
  {
    because: 'the words stand between the elements, and there is no div',
    finds: ['required', 'xml-text'],
    faults: ['narrative: plain text instead of a div'],
  },
];
