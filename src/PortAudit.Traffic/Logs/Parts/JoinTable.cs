using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;

namespace PortAudit.Traffic.Logs.Parts;

/// <summary>What a table of its kind keeps while further records of it may come.</summary>
/// <typeparam name="TKey">What its records have in common.</typeparam>
/// <typeparam name="TSelf">The kind itself.</typeparam>
internal abstract class Joined<TKey, TSelf>
    where TSelf : Joined<TKey, TSelf>
{
    /// <summary>What its records have in common.</summary>
    public abstract TKey Key { get; }

    /// <summary>The one of the same key that began before this one; null without one that is kept.</summary>
    public TSelf? Earlier { get; set; }

    /// <summary>Neighbours in the order in which records came.</summary>
    public TSelf? Older { get; set; }

    public TSelf? Newer { get; set; }
}

/// <summary>Keeps what is joined of records, by key and in the order in which records came. What is closed is handed
/// on.</summary>
/// <typeparam name="TKey">What the records of one have in common.</typeparam>
/// <typeparam name="TJoined">What is joined.</typeparam>
/// <param name="sink">Receives each once.</param>
/// <param name="maximum">Most that are kept: beyond it the one without a record for longest is closed.</param>
/// <param name="maximumOfKey">Most that are kept of one key: beyond it the one that began first is closed.</param>
internal sealed class JoinTable<TKey, TJoined>(Action<TJoined> sink, int maximum, int maximumOfKey)
    where TKey : notnull
    where TJoined : Joined<TKey, TJoined>
{
    private readonly Dictionary<TKey, TJoined> _newest = [];
    private TJoined? _latest;
    private int _count;

    /// <summary>Those that were closed as there were too many.</summary>
    public long ClosedEarly { get; private set; }

    /// <summary>The one without a record for longest; null when none is kept.</summary>
    public TJoined? Oldest { get; private set; }

    /// <summary>The one of a key that began last; the others follow by <see cref="Joined{TKey,TSelf}.Earlier"/>.
    /// </summary>
    public bool TryFind(TKey key, [NotNullWhen(true)] out TJoined? newest) => _newest.TryGetValue(key, out newest);

    /// <summary>Keeps one that begins.</summary>
    public void Begin(TJoined begun)
    {
        if (_count == maximum)
        {
            ClosedEarly++;
            Close(Oldest!);
        }

        ref var newest = ref CollectionsMarshal.GetValueRefOrAddDefault(_newest, begun.Key, out _);
        begun.Earlier = newest;
        newest = begun;
        _count++;
        Append(begun);
        var last = begun;
        for (var number = 1; number < maximumOfKey && last.Earlier is not null; number++)
            last = last.Earlier;
        if (last.Earlier is { } beyond)
            Close(beyond);
    }

    /// <summary>Notes that a record came.</summary>
    public void Touch(TJoined joined)
    {
        if (joined == _latest)
            return;
        Unlink(joined);
        Append(joined);
    }

    /// <summary>Hands one on.</summary>
    public void Close(TJoined joined)
    {
        Unlink(joined);
        _count--;
        var newest = _newest[joined.Key];
        if (newest != joined)
        {
            var later = newest;
            while (later.Earlier != joined)
                later = later.Earlier!;
            later.Earlier = joined.Earlier;
        }
        else if (joined.Earlier is { } earlier)
        {
            _newest[joined.Key] = earlier;
        }
        else
        {
            _newest.Remove(joined.Key);
        }

        joined.Earlier = null;
        sink(joined);
    }

    /// <summary>Hands on all that are left.</summary>
    public void Complete()
    {
        while (Oldest is { } joined)
            Close(joined);
    }

    private void Append(TJoined joined)
    {
        joined.Older = _latest;
        if (_latest is not null)
            _latest.Newer = joined;
        else
            Oldest = joined;
        _latest = joined;
    }

    private void Unlink(TJoined joined)
    {
        if (joined.Older is not null)
            joined.Older.Newer = joined.Newer;
        else if (Oldest == joined)
            Oldest = joined.Newer;
        if (joined.Newer is not null)
            joined.Newer.Older = joined.Older;
        else if (_latest == joined)
            _latest = joined.Older;
        (joined.Older, joined.Newer) = (null, null);
    }
}
