namespace PortAudit.Audit.Policies.PanOs;

/// <summary>
/// A word of a PAN-OS configuration with what stands below it. XML elements, <c>entry</c> names, members and values,
/// words of <c>set</c> commands and of braces all become such words, so that the formats give one tree.
/// </summary>
/// <param name="name">The word.</param>
/// <param name="line">Line of its first mention, the first is 1.</param>
internal sealed class PanOsNode(string name, int line)
{
    /// <summary>Children from which on they are looked up in a dictionary.</summary>
    private const int ManyChildren = 12;

    private readonly List<PanOsNode> _children = [];
    private Dictionary<string, PanOsNode>? _byName;

    /// <summary>The word.</summary>
    public string Name => name;

    /// <summary>Line of its first mention.</summary>
    public int Line => line;

    /// <summary>What stands below it, in the order of the file.</summary>
    public IReadOnlyList<PanOsNode> Children => _children;

    /// <summary>True when it holds nothing: a value.</summary>
    public bool IsLeaf => _children.Count == 0;

    /// <summary>What its lines are, and those below that say nothing else.</summary>
    public PanOsUse Use { get; set; }

    /// <summary>Why its lines are not evaluated; for <see cref="PanOsUse.NotEvaluable"/>.</summary>
    public string Reason { get; set; } = "not recognised";

    /// <summary>The node that took over its children and its use; null for a node of the tree.</summary>
    public PanOsNode? MergedInto { get; set; }

    /// <summary>The words below it.</summary>
    public IEnumerable<string> Words => _children.Select(child => child.Name);

    /// <summary>Its last value: a later <c>set</c> replaces an earlier one. Null without any.</summary>
    public PanOsNode? Value => _children.Count == 0 ? null : _children[^1];

    /// <summary>The child of a name; null without one.</summary>
    public PanOsNode? Find(string word)
    {
        if (_children.Count < ManyChildren)
            return _children.Find(child => child.Name == word);
        if (_byName is null)
        {
            _byName = new Dictionary<string, PanOsNode>(StringComparer.Ordinal);
            foreach (var child in _children)
                _byName.TryAdd(child.Name, child);
        }

        return _byName.GetValueOrDefault(word);
    }

    /// <summary>The node at the end of a path; null when a part of it is missing.</summary>
    public PanOsNode? Find(params ReadOnlySpan<string> path)
    {
        PanOsNode? node = this;
        foreach (var word in path)
            node = node?.Find(word);
        return node;
    }

    /// <summary>The last value of a child: <c>yes</c> of <c>disabled yes</c>. Null without one.</summary>
    public string? ValueOf(string word) => Find(word)?.Value?.Name;

    /// <summary>Says what its lines are.</summary>
    public void Mark(PanOsUse use, string? reason = null)
    {
        Use = use;
        Reason = reason ?? Reason;
    }

    /// <summary>Adds a child behind the others.</summary>
    internal void Add(PanOsNode child)
    {
        _children.Add(child);
        _byName?.TryAdd(child.Name, child);
    }

    /// <summary>Takes a child out.</summary>
    internal void Remove(PanOsNode child)
    {
        _children.Remove(child);
        _byName?.Remove(child.Name);
    }

    /// <summary>Puts a child elsewhere among the others.</summary>
    internal void Insert(int index, PanOsNode child)
    {
        _children.Insert(index, child);
        _byName?.TryAdd(child.Name, child);
    }
}

/// <summary>What lines of a configuration are.</summary>
internal enum PanOsUse
{
    /// <summary>The same as those above them in the tree.</summary>
    Inherited,

    /// <summary>About something other than what the firewall lets pass.</summary>
    Other,

    /// <summary>Evaluated.</summary>
    Understood,

    /// <summary>Not evaluated.</summary>
    NotEvaluable,
}
