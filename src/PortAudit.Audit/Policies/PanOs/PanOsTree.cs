using System.Collections.Frozen;
using PortAudit.Audit.Policies.Import;

namespace PortAudit.Audit.Policies.PanOs;

/// <summary>The words of a configuration as a tree, and which lines mention them.</summary>
internal sealed class PanOsTree
{
    /// <summary>Levels below each other: configurations have some 20. Deeper input must not exhaust the stack.
    /// </summary>
    public const int MaxDepth = 64;

    /// <summary>Words that are kept, about 100 bytes each; a Panorama with 50,000 rules has two million.</summary>
    public const int MaxNodes = 6_000_000;

    /// <summary>Values that are put in the order of their last mention: where only one counts, there are a few.
    /// </summary>
    private const int MaxValues = 16;

    /// <summary>Stands for what could not be read; no object has this name.</summary>
    public const string Unread = "(not read)";

    /// <summary>What holds entries: rules and objects.</summary>
    public static readonly FrozenSet<string> Containers = FrozenSet.ToFrozenSet(
    [
        "rules", "address", "address-group", "service", "service-group", "application-group", "static-route",
    ]);

    private readonly List<Mention> _mentions = [];
    private int _nodes;

    /// <summary>Lines of a word.</summary>
    private readonly record struct Mention(int First, int Last, PanOsNode Node);

    /// <summary>What holds everything else.</summary>
    public PanOsNode Root { get; } = new("", 0);

    /// <summary>Line from which on the file could not be read; null when it was read to its end.</summary>
    public int? CutAt { get; private set; }

    /// <summary>Why it could not.</summary>
    public string? CutReason { get; private set; }

    /// <summary>True when no more words are kept.</summary>
    public bool IsFull => _nodes >= MaxNodes;

    /// <summary>The child of a name, made when it is missing.</summary>
    public PanOsNode GetOrAdd(PanOsNode parent, string word, int line)
    {
        if (parent.Find(word) is { } known)
            return known;
        _nodes++;
        var node = new PanOsNode(word, line);
        parent.Add(node);
        return node;
    }

    /// <summary>Sets a value: it stands behind all others of the same parent.</summary>
    public PanOsNode Put(PanOsNode parent, string word, int line)
    {
        var node = GetOrAdd(parent, word, line);
        if (!ReferenceEquals(parent.Value, node) && parent.Children.Count <= MaxValues)
        {
            parent.Remove(node);
            parent.Add(node);
        }

        return node;
    }

    /// <summary>Moves what a node holds up to the root, to what has the same names there.</summary>
    public void Lift(PanOsNode node)
    {
        node.Mark(PanOsUse.Understood);
        foreach (var child in node.Children)
            Merge(Root, child);
    }

    private static void Merge(PanOsNode parent, PanOsNode node)
    {
        if (parent.Find(node.Name) is not { } known)
        {
            parent.Add(node);
            return;
        }

        if (ReferenceEquals(known, node))
            return;
        node.MergedInto = known;
        foreach (var child in node.Children)
            Merge(known, child);
    }

    /// <summary>Notes that lines are about a word.</summary>
    public void Mark(PanOsNode node, int first, int last) => _mentions.Add(new Mention(first, last, node));

    /// <summary>Notes that nothing is known of the file from a line on.</summary>
    public void Cut(int line, string reason) => (CutAt, CutReason) = (line, reason);

    /// <summary>True when commands that change the order were left out, so that nothing is known of it.</summary>
    public bool IsUnordered { get; set; }

    /// <summary>Notes that parts of entries are missing: what stands below <c>rules</c> and tables of objects gets a
    /// value that nothing is known of.</summary>
    /// <param name="open">Words below each other, the outermost first.</param>
    /// <param name="line">Where the rest is missing.</param>
    public void Doubt(IEnumerable<PanOsNode> open, int line)
    {
        var isEntry = false;
        foreach (var node in open)
        {
            if (isEntry)
                Put(node, Unread, line);
            isEntry |= Containers.Contains(node.Name);
        }
    }

    /// <summary>Tells a draft what each line is, by the words on it.</summary>
    public void Settle(PolicyDraft draft)
    {
        Inherit();
        foreach (var (first, last, mentioned) in _mentions)
        {
            var node = mentioned;
            while (node.MergedInto is { } merged)
                node = merged;
            for (var line = first; line <= last; line++)
                Note(draft, node, line);
        }

        for (var line = CutAt ?? int.MaxValue; line <= draft.Text.Lines.Length; line++)
            draft.NotEvaluable(line, CutReason ?? "not read");
    }

    private static void Note(PolicyDraft draft, PanOsNode node, int line)
    {
        switch (node.Use)
        {
            case PanOsUse.Other:
                draft.Other(line);
                break;
            case PanOsUse.Understood:
                draft.Understood(line);
                break;
            case PanOsUse.NotEvaluable or PanOsUse.Inherited:
                draft.NotEvaluable(line, node.Reason);
                break;
        }
    }

    private void Inherit()
    {
        var waiting = new Stack<PanOsNode>([Root]);
        while (waiting.TryPop(out var node))
        {
            foreach (var child in node.Children)
            {
                if (child.Use == PanOsUse.Inherited && node.Use != PanOsUse.Inherited)
                    child.Mark(node.Use, node.Reason);
                waiting.Push(child);
            }
        }
    }
}
