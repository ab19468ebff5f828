using System.Xml;
using PortAudit.Audit.Policies.Import;

namespace PortAudit.Audit.Policies.PanOs;

/// <summary>Reads the XML form of a configuration (<c>running-config.xml</c>, or what the API answers): an
/// <c>entry</c> is known by its name, a <c>member</c> by its text.</summary>
/// <param name="draft">Receives comments.</param>
internal sealed class PanOsXml(PolicyDraft draft)
{
    private readonly PanOsTree _tree = new();
    private readonly Stack<Element> _open = new();
    private int _skipped;

    private sealed record Element(PanOsNode Node, int Line, bool IsValue)
    {
        public bool IsWord { get; set; } = IsValue;
    }

    /// <summary>Reads as far as the XML is well-formed. No DTD and nothing outside the file is read.</summary>
    public static PanOsTree Read(ConfigurationText text, PolicyDraft draft)
    {
        var xml = new PanOsXml(draft);
        var settings = new XmlReaderSettings
        {
            DtdProcessing = DtdProcessing.Prohibit,
            XmlResolver = null,
            IgnoreWhitespace = true,
            CheckCharacters = false,
            ConformanceLevel = ConformanceLevel.Fragment,
        };
        var before = Math.Max(text.Text.IndexOf('<', StringComparison.Ordinal), 0);
        var skippedLines = text.Text.AsSpan(0, before).Count('\n');
        using var reader = XmlReader.Create(new StringReader(text.Text[before..]), settings);
        var position = (IXmlLineInfo)reader;
        try
        {
            while (reader.Read())
            {
                xml.Take(reader, position.LineNumber + skippedLines);
                if (xml._tree.IsFull)
                {
                    xml._tree.Cut(position.LineNumber + skippedLines, $"more than {PanOsTree.MaxNodes} words");
                    break;
                }
            }

        }
        catch (XmlException failure)
        {
            xml._tree.Cut(Math.Clamp(failure.LineNumber + skippedLines, 1, text.Lines.Length),
                "the XML is not well-formed from here on");
        }

        if (xml._open.Count > 0)
        {
            xml._tree.Doubt(xml._open.Reverse().Select(element => element.Node), text.Lines.Length);
            if (xml._tree.CutAt is null)
                xml._tree.Cut(text.Lines.Length, "the file ends within an element");
        }

        return xml._tree;
    }

    private void Take(XmlReader reader, int line)
    {
        switch (reader.NodeType)
        {
            case XmlNodeType.Element:
                Open(reader, line);
                break;
            case XmlNodeType.EndElement:
                Close(line);
                break;
            case XmlNodeType.Text or XmlNodeType.CDATA:
                Text(reader, line);
                break;
            case XmlNodeType.Comment or XmlNodeType.XmlDeclaration or XmlNodeType.ProcessingInstruction:
                for (var i = 0; i <= reader.Value.AsSpan().Count('\n'); i++)
                    draft.Blank(line + i);
                break;
            case XmlNodeType.None or XmlNodeType.Attribute or XmlNodeType.EntityReference or XmlNodeType.Entity
                or XmlNodeType.Document or XmlNodeType.DocumentType or XmlNodeType.DocumentFragment
                or XmlNodeType.Notation or XmlNodeType.Whitespace or XmlNodeType.SignificantWhitespace
                or XmlNodeType.EndEntity:
                break;
        }
    }

    private void Open(XmlReader reader, int line)
    {
        var isEmpty = reader.IsEmptyElement;
        if (_skipped > 0 || _open.Count >= PanOsTree.MaxDepth)
        {
            _skipped += isEmpty ? 0 : 1;
            return;
        }

        var parent = _open.TryPeek(out var top) ? top.Node : _tree.Root;
        var name = reader.LocalName;
        var isWord = name == "member";
        var node = isWord ? parent
            : _tree.GetOrAdd(parent, Bounded(name == "entry" ? reader.GetAttribute("name") ?? "" : name), line);
        _tree.Mark(node, line, line);
        if (!isEmpty)
            _open.Push(new Element(node, line, isWord));
    }

    private void Close(int line)
    {
        if (_skipped > 0)
        {
            _skipped--;
            return;
        }

        if (_open.TryPop(out var element) && !element.IsWord)
            _tree.Mark(element.Node, line, line);
    }

    private void Text(XmlReader reader, int line)
    {
        if (_skipped > 0 || !_open.TryPeek(out var top))
            return;
        var text = reader.Value;
        top.IsWord = true;
        var node = _tree.Put(top.Node, Bounded(text.Trim()), line);
        if (text.Length > QuotedWords.MaxWord)
            node.Mark(PanOsUse.NotEvaluable, "the value is too long to be read");
        _tree.Mark(node, line, line + text.AsSpan().Count('\n'));
    }

    private static string Bounded(string word) =>
        word.Length <= QuotedWords.MaxWord ? word : word[..QuotedWords.MaxWord];
}
