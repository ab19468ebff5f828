namespace PortAudit.Audit.State;

/// <summary>
/// Reads values from the bytes of a state. What does not fit throws <see cref="InvalidDataException"/>. Nothing is set
/// aside for more members than there are bytes left, as each takes one at least.
/// </summary>
/// <param name="knowledge">What is looked up rather than saved.</param>
/// <param name="bytes">The bytes.</param>
internal sealed class StateLoading(StateKnowledge? knowledge,
    ReadOnlyMemory<byte> bytes) : StateArchive(knowledge, isLoading: true)
{
    private readonly List<string> _texts = [];
    private readonly Dictionary<Type, List<object>> _shared = [];
    private int _position;

    public bool IsAtEnd => _position == bytes.Length;

    public override ulong Unsigned(ulong value)
    {
        var span = bytes.Span;
        var number = 0UL;
        for (var shift = 0; shift < 64; shift += 7)
        {
            if (_position == span.Length)
                throw new InvalidDataException("it ends too early");
            var part = span[_position++];
            number |= (ulong)(part & 0x7F) << shift;
            if (part <= 0x7F)
                return number;
        }

        throw new InvalidDataException("a number is too long");
    }

    public override string? TextOrNull(string? text)
    {
        var reference = Unsigned(0);
        if (reference == StateReference.None)
            return null;
        if (reference != StateReference.New)
            return StateReference.Resolve(reference, _texts);
        var length = Length();
        var loaded = string.Create(length, this, static (units, archive) =>
        {
            foreach (ref var unit in units)
                unit = (char)archive.Port(0);
        });
        _texts.Add(loaded);
        return loaded;
    }

    public override IReadOnlyList<T> Members<T>(IReadOnlyCollection<T> own, Func<StateArchive, T, T> member,
        int maximum = int.MaxValue)
    {
        var count = Length();
        if (count == 0)
            return [];
        Require(count <= maximum, "there are more members than allowed");
        var loaded = new List<T>(Math.Min(count, 1 << 12));
        for (var i = 0; i < count; i++)
            loaded.Add(member(this, default!));
        return loaded;
    }

    public override T? SharedOrNull<T>(T? own, Func<StateArchive, T?, T> content)
        where T : class
    {
        var reference = Unsigned(0);
        if (reference == StateReference.None)
            return null;
        if (!_shared.TryGetValue(typeof(T), out var table))
            _shared.Add(typeof(T), table = []);
        if (reference != StateReference.New)
            return (T)StateReference.Resolve(reference, table);
        var loaded = content(this, null);
        table.Add(loaded);
        return loaded;
    }

    private int Length()
    {
        var length = Unsigned(0);
        Require(length <= (ulong)(bytes.Length - _position), "there are fewer bytes than members");
        return (int)length;
    }
}
