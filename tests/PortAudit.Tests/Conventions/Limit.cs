using System.Globalization;
using System.Reflection;

namespace PortAudit.Tests.Conventions;

/// <summary>
/// A constant that bounds what a run reads, keeps or shows. Its value and its description are those of the code; only
/// where a reader sees that it was reached is written here.
/// </summary>
/// <param name="Owner">The type that declares the constant.</param>
/// <param name="Name">The constant.</param>
/// <param name="Unit">What the constant counts.</param>
/// <param name="Shown">Where a reader sees that it was reached, in Markdown.</param>
internal sealed record Limit(Type Owner, string Name, LimitUnit Unit, string Shown)
{
    private const BindingFlags AnyStatic = BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic;
    private const long SecondNs = 1_000_000_000;

    /// <summary>A limit on a number of things.</summary>
    public static Limit Count(Type owner, string name, string shown) => new(owner, name, LimitUnit.None, shown);

    /// <summary>A limit on a length or a size.</summary>
    public static Limit Bytes(Type owner, string name, string shown) => new(owner, name, LimitUnit.Bytes, shown);

    /// <summary>A limit on a time that is kept in nanoseconds, or as a time span.</summary>
    public static Limit Time(Type owner, string name, string shown) => new(owner, name, LimitUnit.Nanoseconds, shown);

    /// <summary>The constant as C# names it.</summary>
    public string Symbol => $"{Owner.Name.Split('`')[0]}.{Name}";

    /// <summary>The name of the constant in the XML documentation of its assembly.</summary>
    public string DocumentationId => $"F:{Owner.FullName}.{Name}";

    /// <summary>The value with its unit.</summary>
    public string ValueText => Unit switch
    {
        LimitUnit.Bytes => SizeText(Number),
        LimitUnit.Nanoseconds => TimeText(Number),
        _ => Text(Number),
    };

    private FieldInfo Field => Owner.GetField(Name, AnyStatic)
        ?? throw new InvalidOperationException($"{Symbol} is listed as a limit, and there is no such constant");

    private long Number => (Field.IsLiteral ? Field.GetRawConstantValue() : Field.GetValue(null)) switch
    {
        TimeSpan span => span.Ticks * (SecondNs / TimeSpan.TicksPerSecond),
        { } number => Convert.ToInt64(number, CultureInfo.InvariantCulture),
        null => throw new InvalidOperationException($"{Symbol} has no value"),
    };

    private static string SizeText(long bytes) => bytes switch
    {
        >= 1 << 30 when bytes % (1 << 30) == 0 => $"{Text(bytes >> 30)} GiB",
        >= 1 << 20 when bytes % (1 << 20) == 0 => $"{Text(bytes >> 20)} MiB",
        >= 1 << 10 when bytes % (1 << 10) == 0 => $"{Text(bytes >> 10)} KiB",
        _ => $"{Text(bytes)} bytes",
    };

    private static string TimeText(long ns) => ns switch
    {
        >= 3_600 * SecondNs when ns % (3_600 * SecondNs) == 0 => $"{Text(ns / (3_600 * SecondNs))} h",
        >= SecondNs when ns % SecondNs == 0 => $"{Text(ns / SecondNs)} s",
        _ => $"{Text(ns / 1_000_000)} ms",
    };

    private static string Text(long number) => number.ToString("N0", CultureInfo.InvariantCulture);
}

/// <summary>What a limit counts.</summary>
internal enum LimitUnit
{
    /// <summary>Things, which the description names.</summary>
    None,

    /// <summary>Bytes.</summary>
    Bytes,

    /// <summary>Nanoseconds.</summary>
    Nanoseconds,
}
