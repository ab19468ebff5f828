using PortAudit.Audit.Policies.Import;
using PortAudit.Audit.Policies.Model;

namespace PortAudit.Audit.Policies.Netfilter.Nftables;

/// <summary>Reads the text form of rulesets: what <c>nft list ruleset</c> prints, and scripts for <c>nft -f</c>
/// (nft(8)).</summary>
internal sealed class NftReader
{
    private const string DefaultFamily = "ip";

    private readonly PolicyDraft _draft;
    private readonly NftCursor _cursor;
    private readonly NftRuleset _ruleset;
    private readonly NftValueParser _values;
    private readonly NftBlocks _blocks;
    private readonly Dictionary<string, NftValue> _variables = new(StringComparer.Ordinal);

    private NftReader(ConfigurationText text)
    {
        _draft = new PolicyDraft(text);
        _cursor = new NftCursor(NftScanner.Scan(_draft));
        _ruleset = new NftRuleset(_draft, NftFormat.Name);
        _values = new NftValueParser(_cursor, _variables);
        _blocks = new NftBlocks(_cursor, _ruleset, _values, _draft);
    }

    /// <summary>Reads a file.</summary>
    public static Policy Read(ConfigurationText text) => new NftReader(text).ReadCommands();

    private Policy ReadCommands()
    {
        for (_cursor.SkipLines(); !_cursor.IsAtEnd; _cursor.SkipLines())
        {
            var start = _cursor.Position;
            ReadCommand();
            if (_cursor.Position == start)
                _cursor.Take();
        }

        return _ruleset.Build();
    }

    private void ReadCommand()
    {
        var start = _cursor.Position;
        // Scripts for the shell have the program before each command.
        if (_cursor.Next.IsWord("nft") || _cursor.Next.IsWord("sudo"))
            _cursor.Take();
        var word = _cursor.Next.Kind == NftTokenKind.Word ? _cursor.Next.Text : "";
        switch (word)
        {
            case "table":
                _cursor.Take();
                _blocks.ReadTable();
                return;
            case "define" or "redefine":
                Define();
                _blocks.Note(start, null);
                return;
            case "undefine":
                _cursor.Take();
                _variables.Remove(_cursor.TakeText() ?? "");
                _blocks.Note(start, null);
                return;
            case "include":
                Include(start);
                return;
            case "add" or "create" or "insert":
                _cursor.Take();
                Add(start, isInserted: word == "insert");
                return;
            case "flush" or "delete" or "destroy" or "replace" or "rename":
                _cursor.Take();
                Remove(start, word);
                return;
            case "list" or "reset" or "monitor" or "describe" or "export":
                _cursor.SkipRule();
                foreach (var line in _cursor.Lines(start))
                    _draft.Other(line);
                return;
            case "rule" or "chain" or "set" or "map" or "element":
                Add(start, isInserted: false);
                return;
            default:
                _cursor.SkipRule();
                _blocks.Note(start, $"unknown command '{ConfigurationText.Shown(word)}'");
                // What the line would have changed is not known.
                _ruleset.HideAll("a command of the file is not understood");
                return;
        }
    }

    private void Define()
    {
        _cursor.Take();
        var name = _cursor.TakeText() ?? "";
        _cursor.TakeSign("=");
        _variables[name] = _values.ReadList();
        _cursor.SkipRule();
    }

    private void Include(int start)
    {
        _cursor.Take();
        var name = ConfigurationText.Shown(_cursor.TakeText() ?? "");
        _cursor.SkipRule();
        var reason = $"the included file '{name}' is not read";
        _blocks.Note(start, reason);
        _ruleset.HideLater(reason);
    }

    private void Add(int start, bool isInserted)
    {
        var kind = _cursor.Take().Text;
        if (kind == "table")
        {
            _blocks.ReadTable();
            return;
        }

        var family = _cursor.Next.Kind == NftTokenKind.Word && (NftTables.Family(_cursor.Next.Text) is not null
            || _cursor.Next.Text == "arp") ? _cursor.Take().Text : DefaultFamily;
        var table = _ruleset.Table(family, _cursor.TakeText() ?? "");
        if (table is null)
        {
            _cursor.SkipRule();
            foreach (var line in _cursor.Lines(start))
                _draft.Other(line);
            return;
        }

        _blocks.ReadObject(table, kind, start, isInserted, isCommand: true);
    }

    /// <summary>Commands that take something away. What is flushed or deleted before anything was added was loaded
    /// before, and does not matter.</summary>
    private void Remove(int start, string verb)
    {
        var kind = _cursor.TakeText() ?? "";
        if (verb is "flush" or "delete" or "destroy" && kind is "ruleset" or "table" or "chain")
        {
            var family = _cursor.Next.Kind == NftTokenKind.Word && NftTables.Family(_cursor.Next.Text) is not null
                ? _cursor.Take().Text : DefaultFamily;
            var table = _cursor.IsAtRuleEnd ? null : _cursor.TakeText();
            var chain = _cursor.IsAtRuleEnd ? null : _cursor.TakeText();
            _cursor.SkipRule();
            _ruleset.Remove(kind, family, table, chain, isFlush: verb == "flush");
            _blocks.Note(start, null);
            return;
        }

        _cursor.SkipRule();
        _blocks.Note(start, $"'{verb} {ConfigurationText.Shown(kind)}' is not carried out");
        _ruleset.HideAll("a command of the file is not carried out");
    }
}
