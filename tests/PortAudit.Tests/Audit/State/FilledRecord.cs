using System.Collections.Immutable;
using System.Globalization;
using System.Reflection;

namespace PortAudit.Tests.Audit.State;

/// <summary>Makes values in which nothing is as it is by default, whatever members their types have.</summary>
internal static class FilledRecord
{
    /// <summary>Members of every array.</summary>
    public const int Members = 2;

    public static T Of<T>()
    {
        var seed = 0;
        return (T)Fill(typeof(T), "", ref seed);
    }

    private static object Fill(Type type, string name, ref int seed)
    {
        seed++;
        if (type == typeof(string))
            return string.Create(CultureInfo.InvariantCulture, $"text {seed}");
        if (type == typeof(bool))
            return true;
        if (type.IsEnum)
            return Enum.GetValues(type).GetValue(1)!;
        if (type.IsPrimitive)
            return Convert.ChangeType(
                name is "Capture" or "CapturesWithoutDetail" or "Level" ? 1 : (seed % 100) + 1,
                type,
                CultureInfo.InvariantCulture);
        if (Nullable.GetUnderlyingType(type) is { } inner)
            return Fill(inner, name, ref seed);
        return type.IsGenericType && type.GetGenericTypeDefinition() == typeof(ImmutableArray<>)
            ? FillArray(type.GetGenericArguments()[0], ref seed)
            : FillMembers(type, ref seed);
    }

    private static object FillArray(Type member, ref int seed)
    {
        var members = Array.CreateInstance(member, Members);
        for (var i = 0; i < Members; i++)
            members.SetValue(Fill(member, "", ref seed), i);
        return typeof(System.Runtime.InteropServices.ImmutableCollectionsMarshal).GetMethod("AsImmutableArray")!
            .MakeGenericMethod(member).Invoke(null, [members])!;
    }

    private static object FillMembers(Type type, ref int seed)
    {
        var constructor = type.GetConstructors()
            .Where(one => one.GetParameters() is not [var only] || only.ParameterType != type)
            .MaxBy(one => one.GetParameters().Length);
        var arguments = new List<object>();
        foreach (var parameter in constructor?.GetParameters() ?? [])
            arguments.Add(Fill(parameter.ParameterType, parameter.Name!, ref seed));
        var value = constructor is null ? Activator.CreateInstance(type)! : constructor.Invoke([.. arguments]);
        foreach (var property in type.GetProperties(BindingFlags.Instance | BindingFlags.Public)
            .Where(property => property.CanWrite))
            property.SetValue(value, Fill(property.PropertyType, property.Name, ref seed));
        return value;
    }
}
