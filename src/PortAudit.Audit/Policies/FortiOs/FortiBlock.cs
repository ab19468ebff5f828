using System.Collections.Immutable;
using PortAudit.Audit.Policies.Import;

namespace PortAudit.Audit.Policies.FortiOs;

/// <summary>What lines of a configuration are.</summary>
internal enum FortiUse
{
    /// <summary>The same as the block around them.</summary>
    Inherited,

    /// <summary>About something other than what the firewall lets pass.</summary>
    Other,

    /// <summary>Evaluated.</summary>
    Understood,

    /// <summary>Not evaluated.</summary>
    NotEvaluable,
}

/// <summary>A <c>set</c> line.</summary>
/// <param name="Name">What it sets.</param>
/// <param name="Words">The values.</param>
/// <param name="Line">Its line.</param>
internal sealed record FortiSetting(string Name, ImmutableArray<string> Words, int Line)
{
    /// <summary>The values with blanks between them, for a report.</summary>
    public string Text => ConfigurationText.Shown(string.Join(' ', Words.Take(16)));
}

/// <summary>A block: a table or section (<c>config … end</c>), or an entry of a table (<c>edit … next</c>).
/// </summary>
/// <param name="name">Its name: <c>firewall policy</c>, or the entry's.</param>
/// <param name="line">Line of its head.</param>
/// <param name="parent">The block around it; null for the file.</param>
internal sealed class FortiBlock(string name, int line, FortiBlock? parent)
{
    private readonly List<FortiBlock> _blocks = [];
    private readonly Dictionary<string, FortiBlock> _byName = new(StringComparer.Ordinal);
    private readonly Dictionary<string, FortiSetting> _settings = new(StringComparer.Ordinal);

    /// <summary>Its name.</summary>
    public string Name { get; private set; } = name;

    /// <summary>Line of its head.</summary>
    public int Line => line;

    /// <summary>The block around it; null for the file.</summary>
    public FortiBlock? Parent => parent;

    /// <summary>Blocks in it, in the order of the file or of <c>move</c>.</summary>
    public IReadOnlyList<FortiBlock> Blocks => _blocks;

    /// <summary>Its settings; a later one replaces an earlier one.</summary>
    public IEnumerable<FortiSetting> Settings => _settings.Values;

    /// <summary>What its lines are.</summary>
    public FortiUse Use { get; private set; }

    /// <summary>Why its lines are not evaluated.</summary>
    public string Reason { get; private set; } = "not recognised";

    /// <summary>The block of a name in it; null without one.</summary>
    public FortiBlock? Find(string block) => _byName.GetValueOrDefault(block);

    /// <summary>A setting; null without it.</summary>
    public FortiSetting? Setting(string setting) => _settings.GetValueOrDefault(setting);

    /// <summary>The first value of a setting; null without it.</summary>
    public string? Value(string setting) => Setting(setting)?.Words is [var first, ..] ? first : null;

    /// <summary>The values of a setting; none without it.</summary>
    public ImmutableArray<string> Words(string setting) => Setting(setting)?.Words ?? [];

    /// <summary>True when a setting is <c>enable</c>.</summary>
    public bool IsOn(string setting) => Value(setting) == "enable";

    /// <summary>Says what its lines are.</summary>
    public void Mark(FortiUse use, string? reason = null)
    {
        Use = use;
        Reason = reason ?? Reason;
    }

    /// <summary>Adds a block behind the others.</summary>
    internal void Add(FortiBlock block)
    {
        _blocks.Add(block);
        _byName.TryAdd(block.Name, block);
    }

    /// <summary>Keeps a setting.</summary>
    internal void Set(FortiSetting setting) => _settings[setting.Name] = setting;

    /// <summary>Takes a setting back.</summary>
    internal void Unset(string setting) => _settings.Remove(setting);

    /// <summary>Takes out a block; false without it.</summary>
    internal bool Remove(string block)
    {
        if (!_byName.Remove(block, out var removed))
            return false;
        _blocks.Remove(removed);
        return true;
    }

    /// <summary>Gives a block another name; false when there is none, or one of the new name.</summary>
    internal bool Rename(string block, string other)
    {
        if (_byName.ContainsKey(other) || !_byName.Remove(block, out var renamed))
            return false;
        renamed.Name = other;
        _byName.Add(other, renamed);
        return true;
    }

    /// <summary>Puts a block next to another; false when one of them is missing.</summary>
    internal bool Move(string block, string other, bool isBehind)
    {
        if (Find(block) is not { } moved || Find(other) is not { } target || ReferenceEquals(moved, target))
            return false;
        _blocks.Remove(moved);
        _blocks.Insert(_blocks.IndexOf(target) + (isBehind ? 1 : 0), moved);
        return true;
    }

    /// <summary>Takes the settings and blocks of another.</summary>
    internal void CopyFrom(FortiBlock other)
    {
        foreach (var setting in other.Settings)
            Set(setting);
        foreach (var block in other.Blocks)
            Add(block);
    }
}
