using System.Collections;
using System.Collections.Frozen;
using System.Globalization;
using System.Reflection;
using System.Text;
using PortAudit.Audit;
using PortAudit.Audit.Behaviour;
using PortAudit.Audit.Catalog;
using PortAudit.Audit.Findings;
using PortAudit.Audit.Learned;
using PortAudit.Audit.Matching;
using PortAudit.Audit.Obsolete;
using PortAudit.Audit.PolicyReview;
using PortAudit.Audit.Roles;
using PortAudit.Audit.Site;
using PortAudit.Traffic.Observation;

namespace PortAudit.Tests.Audit.State;

/// <summary>
/// What a state holds, by reflection: every instance field of everything that an auditor and an observation reach,
/// whether or not saving knows it. Only what follows from site and catalogs is left out: a new type of that kind has to
/// be listed here, any other has to be saved.
/// </summary>
internal static class StateGraph
{
    /// <summary>Types that follow from site and catalogs, or that only runs have whose state is not saved.</summary>
    private static readonly FrozenSet<Type> Derived = new[]
    {
        typeof(CatalogSet), typeof(SiteFile), typeof(RoleTree), typeof(HostDirectory), typeof(RuleIndex),
        typeof(FlowJudge), typeof(CautionIndex), typeof(AdviceIndex), typeof(Allowances),
        typeof(SignIndex), typeof(RoleServices), typeof(ObsoleteRule), typeof(PolicyDevice), typeof(BoundPolicy),
        typeof(FlowSelection), typeof(LearningOptions),
        typeof(BehaviourModel), typeof(BehaviourLedger), typeof(BehaviourTally), typeof(NamedBehaviour?),
    }.ToFrozenSet();

    /// <summary>Types of which a state holds the place or the address alone.</summary>
    private static readonly FrozenSet<Type> LookedUp = new[] { typeof(Rule), typeof(BoundRule), typeof(HostIdentity),
        typeof(ObsoleteService) }.ToFrozenSet();

    /// <summary>Fields that mean something in the run alone that made them, follow from others, or lead to what is held
    /// elsewhere.</summary>
    private static readonly FrozenSet<string> NotHeld = new[]
    {
        "FlowRecord.PointIndex", "FlowRecord.TunnelNumber", "RoleLedger._met", "ScanLedger.rules",
        "OriginatorTally.ledger", "DeferredFlows.ledger", "HeldSums.ledger", "Auditor._bound", "BottomKMap`2._leaving",
        "Auditor._policies", "Auditor._leftOut", "Auditor._by", "PolicyTally.Rules", "PolicyTally._numbers",
        "TrafficLedger.keepsFlows",
    }.ToFrozenSet(StringComparer.Ordinal);

    private static readonly BindingFlags Instance =
        BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;

    /// <summary>The fields of a type that a state holds.</summary>
    public static IEnumerable<FieldInfo> FieldsOf(Type type)
    {
        for (var declaring = type; declaring is not null && declaring != typeof(object); declaring = declaring.BaseType)
        {
            foreach (var field in declaring.GetFields(Instance))
            {
                if (!NotHeld.Contains($"{type.Name}.{NameOf(field)}") && !IsDerived(field.FieldType))
                    yield return field;
            }
        }
    }

    /// <summary>Name of a field, or of the property or parameter that it stands behind.</summary>
    public static string NameOf(FieldInfo field) =>
        field.Name.StartsWith('<') ? field.Name[1..field.Name.IndexOf('>', StringComparison.Ordinal)] : field.Name;

    /// <summary>True for what is no state: it follows from site and catalogs, or is code.</summary>
    public static bool IsDerived(Type type) =>
        Derived.Contains(type)
        || typeof(Delegate).IsAssignableFrom(type)
        || (type.IsGenericType && type.GetGenericArguments() is [var member]
            && type.Namespace == "System.Collections.Immutable" && Derived.Contains(member))
        || type.GetInterfaces().Append(type)
            .Any(one => one.IsGenericType && one.GetGenericTypeDefinition() == typeof(IComparer<>));

    /// <summary>The types of this program that a state is made of, from auditor and observation on.</summary>
    public static IEnumerable<Type> Types()
    {
        var (found, waiting) = (new HashSet<Type>(), new Queue<Type>([typeof(Auditor), typeof(ObservationSummary)]));
        while (waiting.TryDequeue(out var type))
        {
            foreach (var argument in type.IsArray ? [type.GetElementType()!] : type.GetGenericArguments())
                waiting.Enqueue(argument);
            if (type.Namespace?.StartsWith("PortAudit", StringComparison.Ordinal) != true || IsDerived(type)
                || LookedUp.Contains(type) || !found.Add(type))
                continue;
            foreach (var field in type.IsEnum ? [] : FieldsOf(type))
                waiting.Enqueue(field.FieldType);
        }

        return found.OrderBy(type => Title(type), StringComparer.Ordinal);
    }

    /// <summary>Name of a type with those of its arguments.</summary>
    public static string Title(Type type) => type.IsGenericType
        ? $"{type.Name[..type.Name.IndexOf('`', StringComparison.Ordinal)]}<"
            + $"{string.Join(", ", type.GetGenericArguments().Select(Title))}>"
        : type.IsArray ? $"{Title(type.GetElementType()!)}[{new string(',', type.GetArrayRank() - 1)}]"
        : type.IsNested && !type.IsGenericParameter ? $"{type.DeclaringType!.Name}.{type.Name}" : type.Name;

    /// <summary>Name of a type whatever its arguments.</summary>
    public static string Definition(Type type) =>
        Title(type) is var title && type.IsGenericType ? title[..title.IndexOf('<', StringComparison.Ordinal)] : title;

    /// <summary>The fields, as <c>Type.Field</c>, that hold something in <paramref name="value"/> or in what it
    /// reaches.</summary>
    public static void Collect(object? value, HashSet<string> met)
    {
        if (value is null or string || IsDerived(value.GetType()) || LookedUp.Contains(value.GetType())
            || value.GetType().IsPrimitive || value is Enum)
            return;
        if (value is IEnumerable members)
        {
            foreach (var member in members)
                Collect(member, met);
            return;
        }

        foreach (var field in FieldsOf(value.GetType()))
        {
            var held = field.GetValue(value);
            if (HoldsSomething(held))
                met.Add($"{Definition(value.GetType())}.{NameOf(field)}");
            Collect(held, met);
        }
    }

    private static bool HoldsSomething(object? held) => held switch
    {
        null => false,
        string => true,
        IEnumerable members => members.Cast<object?>().Any(member => member is not (null or 0L)),
        ValueType => !held.Equals(Activator.CreateInstance(held.GetType())),
        _ => true,
    };

    /// <summary>Everything that both hold, as text: two states that say the same have the same.</summary>
    public static string Describe(Auditor auditor, ObservationSummary observation)
    {
        var text = new StringBuilder();
        Write(text, observation);
        Write(text, auditor);
        return text.ToString();
    }

    /// <summary>Everything that an object holds, as text.</summary>
    public static string Describe(object value)
    {
        var text = new StringBuilder();
        Write(text, value);
        return text.ToString();
    }

    private static void Write(StringBuilder text, object? value)
    {
        switch (value)
        {
            case null:
                text.Append('-');
                break;
            case string or Enum or IFormattable:
                text.Append('\'').Append(CultureInfo.InvariantCulture, $"{value}").Append('\'');
                break;
            case bool flag:
                text.Append(flag ? 'y' : 'n');
                break;
            case BoundRule rule:
                text.Append("rule ").Append(rule.Index);
                break;
            case Rule rule:
                text.Append("rule ").Append(rule.Catalog).Append(' ').Append(rule.Id);
                break;
            case HostIdentity host:
                text.Append("host ").Append(host.Address);
                break;
            case ObsoleteService service:
                text.Append(service.Id);
                break;
            case IEnumerable members:
                WriteMembers(text, members);
                break;
            default:
                WriteFields(text, value);
                break;
        }
    }

    private static void WriteFields(StringBuilder text, object value)
    {
        text.Append(value.GetType().Name).Append('{');
        foreach (var field in FieldsOf(value.GetType()))
        {
            text.Append(NameOf(field)).Append('=');
            Write(text, field.GetValue(value));
            text.Append('\n');
        }

        text.Append('}');
    }

    /// <summary>What has no order is written in that of its text.</summary>
    private static void WriteMembers(StringBuilder text, IEnumerable members)
    {
        var described = members.Cast<object?>().Select(member => Describe(member!)).ToList();
        if (members.GetType() is { IsGenericType: true } type && (type.GetGenericTypeDefinition()
            == typeof(Dictionary<,>) || type.GetGenericTypeDefinition() == typeof(HashSet<>)))
            described.Sort(StringComparer.Ordinal);
        text.Append('[').AppendJoin(',', described).Append(']');
    }
}
