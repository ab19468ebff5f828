namespace PortAudit.Audit.State;

/// <summary>Writes values to a stream, buffered: call <see cref="Flush"/> at the end.</summary>
/// <param name="knowledge">What is looked up rather than saved.</param>
/// <param name="stream">Takes the bytes.</param>
internal sealed class StateSaving(StateKnowledge? knowledge, Stream stream) : StateArchive(knowledge, isLoading: false)
{
    /// <summary>Bytes of a saved audit, packed or not; full ledgers were measured at a small part of it.</summary>
    public const int MaximumBytes = 1 << 30;

    private const int LongestNumber = 10;

    private readonly byte[] _buffer = new byte[1 << 16];
    private readonly Dictionary<string, int> _texts = new(StringComparer.Ordinal);
    private readonly Dictionary<Type, Dictionary<object, int>> _shared = [];
    private int _length;

    public long Length { get; private set; }

    public override ulong Unsigned(ulong value)
    {
        if (_buffer.Length - _length < LongestNumber)
            Flush();
        var rest = value;
        while (rest > 0x7F)
        {
            _buffer[_length++] = (byte)(rest | 0x80);
            rest >>= 7;
        }

        _buffer[_length++] = (byte)rest;
        return value;
    }

    public override string? TextOrNull(string? text)
    {
        if (text is null)
        {
            Unsigned(StateReference.None);
            return null;
        }

        if (_texts.TryGetValue(text, out var known))
        {
            Unsigned(StateReference.To(known));
            return text;
        }

        _texts.Add(text, _texts.Count);
        Unsigned(StateReference.New);
        Unsigned((ulong)text.Length);

        // Text of the network need not be sound UTF-16, so that no encoding would keep all of it.
        foreach (var unit in text)
            Unsigned(unit);
        return text;
    }

    public override IReadOnlyList<T> Members<T>(IReadOnlyCollection<T> own, Func<StateArchive, T, T> member,
        int maximum = int.MaxValue)
    {
        Unsigned((ulong)own.Count);
        if (own.Count == 0)
            return [];
        foreach (var one in own)
            member(this, one);
        return [];
    }

    public override T? SharedOrNull<T>(T? own, Func<StateArchive, T?, T> content)
        where T : class
    {
        if (own is null)
        {
            Unsigned(StateReference.None);
            return null;
        }

        if (!_shared.TryGetValue(typeof(T), out var table))
            _shared.Add(typeof(T), table = new Dictionary<object, int>(ReferenceEqualityComparer.Instance));
        if (table.TryGetValue(own, out var known))
        {
            Unsigned(StateReference.To(known));
            return own;
        }

        Unsigned(StateReference.New);
        content(this, own);
        table.Add(own, table.Count);
        return own;
    }

    /// <summary>Forgets what was saved, so that what follows can be loaded alone.</summary>
    public void Restart()
    {
        _texts.Clear();
        _shared.Clear();
        (_length, Length) = (0, 0);
    }

    public void Flush()
    {
        Length += _length;
        if (Length > MaximumBytes)
            throw new IOException("the state would be too large to load again");
        stream.Write(_buffer, 0, _length);
        _length = 0;
    }
}
