using System.Collections.Immutable;

namespace PortAudit.Audit.State;

/// <summary>
/// Carries the state of an audit out to bytes, or in from bytes: what is saved is named once, in one method, and both
/// directions run through it. Every call takes the value as it is and returns the value as it shall be: the same when
/// saving, the saved one when loading. Whatever bytes come in, a value that is returned is one that could have been
/// saved.
/// </summary>
/// <param name="knowledge">What is looked up by site and catalogs rather than saved; null where nothing is.</param>
/// <param name="isLoading">True when values come from bytes.</param>
internal abstract class StateArchive(StateKnowledge? knowledge, bool isLoading)
{
    /// <summary>What is looked up by site and catalogs rather than saved.</summary>
    public StateKnowledge Knowledge => knowledge
        ?? throw new InvalidOperationException("what was saved without a site refers to none");

    public bool IsLoading { get; } = isLoading;

    /// <summary>Captures of the observation, which frames count from 0.</summary>
    public int Captures { get; set; }

    /// <summary>Added to the numbers of captures that are loaded: 0, or the captures of other observations before
    /// these.</summary>
    public int CapturesBefore { get; init; }

    /// <summary>The same for the numbers of announcements.</summary>
    public int AnnouncementsBefore { get; init; }

    /// <summary>A number of any size; small ones take one byte.</summary>
    public abstract ulong Unsigned(ulong value);

    /// <summary>A text, or none; the same text once more takes a number.</summary>
    public abstract string? TextOrNull(string? text);

    /// <summary>The members of a collection, in their order, which has to be a fixed one. Empty when saving: there is
    /// nothing to be taken.</summary>
    /// <param name="own">The members when saving.</param>
    /// <param name="member">Persists a member, which is <c>default</c> when loading.</param>
    /// <param name="maximum">Members at most; more were never saved.</param>
    public abstract IReadOnlyList<T> Members<T>(IReadOnlyCollection<T> own, Func<StateArchive, T, T> member,
        int maximum = int.MaxValue);

    /// <summary>An object that others refer to as well: it is saved once, and is one object again.</summary>
    public abstract T? SharedOrNull<T>(T? own, Func<StateArchive, T?, T> content)
        where T : class;

    /// <summary>Holds loaded values against what can have been saved.</summary>
    /// <exception cref="InvalidDataException">It cannot have been saved.</exception>
    public void Require(bool holds, string what)
    {
        if (IsLoading && !holds)
            throw new InvalidDataException(what);
    }

    /// <summary>A number; those near zero take one byte.</summary>
    public long Number(long value)
    {
        var folded = Unsigned((ulong)((value << 1) ^ (value >> 63)));
        return (long)(folded >> 1) ^ -(long)(folded & 1);
    }

    /// <summary>A number that is not negative and not above a maximum.</summary>
    public int Index(int value, int maximum)
    {
        var index = Unsigned((ulong)value);
        Require(maximum >= 0 && index <= (ulong)maximum, "a number is out of its range");
        return (int)index;
    }

    public int Count(int value) => Index(value, int.MaxValue);

    public ushort Port(ushort value) => (ushort)Index(value, ushort.MaxValue);

    public byte Octet(byte value) => (byte)Index(value, byte.MaxValue);

    public bool Flag(bool value) => Index(value ? 1 : 0, 1) == 1;

    public TEnum Word<TEnum>(TEnum value)
        where TEnum : struct, Enum =>
        Words<TEnum>.All[Index(System.Array.IndexOf(Words<TEnum>.All, value), Words<TEnum>.All.Length - 1)];

    public string Text(string text)
    {
        var loaded = TextOrNull(text);
        Require(loaded is not null, "a text is missing");
        return loaded!;
    }

    /// <summary>As <see cref="SharedOrNull"/>, for one that is always there.</summary>
    public T Shared<T>(T? own, Func<StateArchive, T?, T> content)
        where T : class
    {
        var loaded = SharedOrNull(own, content);
        Require(loaded is not null, "an object is missing");
        return loaded!;
    }

    public T? Optional<T>(T? own, Func<StateArchive, T, T> content)
        where T : struct =>
        Flag(own is not null) ? content(this, own ?? default) : null;

    public T? Optional<T>(T? own, Func<StateArchive, T?, T> content)
        where T : class =>
        Flag(own is not null) ? content(this, own) : null;

    public long? NumberOrNull(long? value) => Optional(value, static (archive, number) => archive.Number(number));

    /// <summary>Something that may be absent and saves itself.</summary>
    public T? Part<T>(T? own, Func<T> make)
        where T : class, IArchived
    {
        if (!Flag(own is not null))
            return null;
        own ??= make();
        own.Persist(this);
        return own;
    }

    public void Numbers(Span<long> numbers)
    {
        foreach (ref var number in numbers)
            number = Number(number);
    }

    public ImmutableArray<T> Array<T>(ImmutableArray<T> own, Func<StateArchive, T, T> member)
    {
        var loaded = Members(own, member);
        return IsLoading ? [.. loaded] : own;
    }

    public ImmutableArray<string> Texts(ImmutableArray<string> own) =>
        Array(own, static (archive, text) => archive.Text(text));

    /// <summary>A set.</summary>
    /// <param name="own">The set; members that are loaded are added to it.</param>
    /// <param name="member">Persists a member.</param>
    /// <param name="order">The order in which members are saved.</param>
    public void Set<T>(ISet<T> own, Func<StateArchive, T, T> member, IComparer<T>? order = null)
    {
        foreach (var loaded in Members(own.Count < 2 ? [.. own] : own.Order(order).ToList(), member))
            Require(own.Add(loaded), "a member is there twice");
    }

    /// <summary>A map.</summary>
    /// <param name="own">The map; entries that are loaded are added to it.</param>
    /// <param name="key">Persists a key.</param>
    /// <param name="value">Persists a value, which is <c>default</c> when loading.</param>
    /// <param name="order">The order in which entries are saved, by their keys.</param>
    public void Map<TKey, TValue>(IDictionary<TKey, TValue> own, Func<StateArchive, TKey, TKey> key,
        Func<StateArchive, TKey, TValue?, TValue> value, IComparer<TKey>? order = null)
        where TKey : notnull
    {
        foreach (var (loaded, content) in Members(own.Count < 2
            ? [.. own]
            : own.OrderBy(entry => entry.Key, order).ToList(), Entry(key, value)))
            Require(own.TryAdd(loaded, content), "a key is there twice");
    }

    /// <summary>A map whose values save themselves.</summary>
    /// <param name="own">The map; entries that are loaded are added to it.</param>
    /// <param name="key">Persists a key.</param>
    /// <param name="make">Makes the empty value of a key.</param>
    /// <param name="order">The order in which entries are saved, by their keys.</param>
    public void Map<TKey, TValue>(IDictionary<TKey, TValue> own, Func<StateArchive, TKey, TKey> key,
        Func<TKey, TValue> make, IComparer<TKey>? order = null)
        where TKey : notnull
        where TValue : class, IArchived =>
        Map(own, key, Making(make), order);

    /// <summary>The way in which an entry of a map is persisted.</summary>
    public static Func<StateArchive, KeyValuePair<TKey, TValue>, KeyValuePair<TKey, TValue>> Entry<TKey, TValue>(
        Func<StateArchive, TKey, TKey> key, Func<StateArchive, TKey, TValue?, TValue> value) => (archive, entry) =>
        {
            var own = key(archive, entry.Key);
            return KeyValuePair.Create(own, value(archive, own, entry.Value));
        };

    /// <summary>The way in which a value that saves itself is persisted.</summary>
    public static Func<StateArchive, TKey, TValue?, TValue> Making<TKey, TValue>(Func<TKey, TValue> make)
        where TValue : class, IArchived => (archive, key, value) =>
        {
            value ??= make(key);
            value.Persist(archive);
            return value;
        };

    private static class Words<TEnum>
        where TEnum : struct, Enum
    {
        public static readonly TEnum[] All = Enum.GetValues<TEnum>();
    }
}
